import QtQuick
import QtQuick.Layouts
import Hufu.Controls

// Where the results of an act lie, and the way there.
ColumnLayout {
    id: root

    required property string folder // empty: there are none
    required property url address   // of the same folder
    property bool told: false       // elsewhere on the page, by the whole name of the file
    property bool failed: false

    visible: root.folder !== ""
    spacing: Theme.space.hair
    onAddressChanged: root.failed = false

    Label {
        visible: !root.told
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: qsTr("In the folder")
    }
    Label {
        objectName: "resultFolder"
        visible: !root.told
        Layout.fillWidth: true
        wrapMode: Text.WrapAnywhere
        text: root.folder
    }
    Button {
        objectName: "resultFolderOpen"
        Layout.alignment: Qt.AlignLeft
        kind: Button.Quiet
        symbol: "file"
        text: qsTr("Open the folder")
        onClicked: root.failed = !Qt.openUrlExternally(root.address)
    }
    Label {
        objectName: "resultFolderFailed"
        visible: root.failed
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
        Layout.fillWidth: true
        role: Label.Small
        color: Theme.colour.warn
        text: qsTr("Nothing here could open it: it may be gone, or no program for folders is installed.")
    }
}
