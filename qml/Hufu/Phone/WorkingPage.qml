pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

PageFrame {
    id: root

    required property WorkingModel model

    centred: true
    heading: under

    Spinner {
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: Theme.px(64)
        implicitHeight: Theme.px(64)
    }
    Label {
        id: under
        objectName: "workingTitle"
        Layout.fillWidth: true
        role: Label.Heading
        Accessible.role: Accessible.Heading
        Accessible.name: text
        Accessible.focusable: true
        horizontalAlignment: Text.AlignHCenter
        text: {
            switch (root.model.task) {
            case WorkingModel.Starting: return qsTr("Starting…");
            case WorkingModel.Connecting: return qsTr("Connecting to the server…");
            case WorkingModel.Claiming: return qsTr("Fetching the request…");
            case WorkingModel.Approving: return qsTr("Phone and server sign together…");
            case WorkingModel.Decrypting: return qsTr("Phone and server decrypt together…");
            case WorkingModel.Refusing: return qsTr("Telling the computer…");
            case WorkingModel.ChangingPin: return qsTr("Renewing the shares…");
            case WorkingModel.Recovering: return qsTr("Renewing all shares…");
            case WorkingModel.Rehearsing: return qsTr("Preparing the trial…");
            default: return "";
            }
        }
    }

    foot: Button {
        // Nothing can be taken back once the PIN is sent; only the waiting can be left.
        readonly property bool leaves: root.model.stalled && root.model.task === WorkingModel.Approving

        objectName: "cancel"
        visible: leaves || root.model.task === WorkingModel.Connecting || root.model.task === WorkingModel.Claiming
        Layout.fillWidth: true
        kind: Button.Plain
        text: leaves ? qsTr("Do not wait: home shows how it ended") : qsTr("Cancel")
        onClicked: root.model.cancel()
    }
}
