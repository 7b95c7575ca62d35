pragma ComponentBehavior: Bound

import QtQuick
import Hufu.Controls
import Hufu.PhoneModels

// Above the page: the connection is gone, or the server has been silent for some seconds, and what comes next.
Rectangle {
    id: root

    required property Screens screens
    property int patience: 4000 // milliseconds of silence before it is told; the product promises 5 s
    readonly property bool silent: root.screens.waiting && waited.over
    readonly property bool shown: root.screens.reconnecting || root.silent

    visible: root.shown
    implicitHeight: root.shown ? words.implicitHeight + 2 * Theme.space.medium : 0
    color: Theme.colour.warnSoft
    Accessible.role: Accessible.AlertMessage
    Accessible.name: title.text + " " + next.text

    Timer {
        id: waited
        property bool over: false
        interval: root.patience
        onTriggered: waited.over = true
    }
    // Each message of the server begins a new wait.
    Connections {
        target: root.screens
        function onConnectionChanged() {
            waited.over = false;
            if (root.screens.waiting && !root.screens.reconnecting) waited.restart();
            else waited.stop();
        }
        function onPageChanged() {
            waited.over = false;
            if (waited.running) waited.restart();
        }
    }

    Icon {
        x: Theme.space.page
        y: Theme.space.medium
        width: Theme.px(22)
        height: width
        name: "cloud"
        color: Theme.colour.warn
    }
    Column {
        id: words
        x: Theme.space.page + Theme.px(22) + Theme.space.medium
        y: Theme.space.medium
        width: root.width - x - Theme.space.page

        Label {
            id: title
            objectName: "connectionTitle"
            width: words.width
            strong: true
            color: Theme.colour.warn
            text: root.screens.reconnecting ? qsTr("The connection broke") : qsTr("No answer yet")
        }
        Label {
            id: next
            objectName: "connectionNext"
            width: words.width
            role: Label.Small
            text: {
                const trying = root.screens.reconnecting ? qsTr("Reconnecting automatically.")
                                                         : qsTr("The network may be slow. The phone keeps trying.");
                switch (root.screens.page) {
                case Screens.Approve: return Wording.join(trying, qsTr("Nothing has been signed."));
                case Screens.PinPad: return Wording.join(trying, qsTr("Nothing has been signed. You can enter the PIN meanwhile."));
                case Screens.Working: return Wording.join(trying, qsTr("Nothing is done twice, and you are told how it ended."));
                case Screens.Keys: return Wording.join(trying, qsTr("Nothing is lost."));
                default: return trying;
                }
            }
        }
    }
}
