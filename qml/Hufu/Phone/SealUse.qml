pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// A seal that goes onto a file: its picture in small, whose it is, and where it will stand.
RowLayout {
    id: root

    required property sealUseView seal
    readonly property bool square: root.seal.kind === "legalPerson"
    readonly property string where: root.seal.pages === "" ? "" : (/^[0-9]+$/.test(root.seal.pages) ? qsTr("On page %1") : qsTr("On pages %1")).arg(root.seal.pages)
    readonly property string edges: root.seal.riding === "" ? "" : qsTr("Across the edges of pages %1").arg(root.seal.riding)
    readonly property string both: root.where !== "" && root.edges !== "" ? root.where + qsTr("; ") + root.edges : root.where + root.edges
    readonly property string facts: root.both + qsTr("; ") + qsTr("Granted for: %1").arg(root.seal.purpose)

    spacing: Theme.space.medium
    Accessible.role: Accessible.StaticText
    Accessible.name: Wording.seal(root.seal.kind) + ", " + root.seal.name + ", " + root.facts

    Item {
        Layout.alignment: Qt.AlignTop
        implicitWidth: Math.max(88, Theme.px(56))
        implicitHeight: implicitWidth

        Rectangle { // red on white, at night too, as it will stand in the document
            anchors.fill: parent
            visible: picture.painted.width > 0
            radius: Theme.radiusSmall
            color: Theme.colour.paper
            border.width: 1
            border.color: Theme.colour.line

            Picture {
                id: picture
                objectName: "sealPicture"
                anchors.fill: parent
                anchors.margins: 4
                image: root.seal.picture // qmllint disable type
            }
        }
        Rectangle { // what stands for the picture where there is none
            objectName: "sealSign"
            visible: picture.painted.width <= 0
            anchors.horizontalCenter: parent.horizontalCenter
            width: Theme.px(56)
            height: width
            radius: root.square ? Theme.px(4) : width / 2
            color: "transparent"
            border.width: Theme.px(3)
            border.color: Theme.colour.danger

            Label {
                visible: root.square
                anchors.fill: parent
                anchors.margins: Theme.px(6)
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                fontSizeMode: Text.Fit
                minimumPixelSize: Theme.px(8)
                wrapMode: Text.WrapAnywhere
                strong: true
                color: Theme.colour.danger
                text: root.seal.name.slice(0, 4)
                Accessible.ignored: true
            }
            Label {
                visible: !root.square
                anchors.centerIn: parent
                role: Label.Display
                color: Theme.colour.danger
                text: "★"
                Accessible.ignored: true
            }
        }
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: 1

        Label {
            Layout.fillWidth: true
            strong: true
            text: Wording.seal(root.seal.kind)
        }
        Label {
            Layout.fillWidth: true
            text: root.seal.name
        }
        Label {
            Layout.fillWidth: true
            role: Label.Small
            soft: true
            text: root.facts
        }
    }
}
