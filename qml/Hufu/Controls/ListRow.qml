pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Hufu.Controls

// A line that opens something: symbol, title, a sentence, perhaps a state word, and an arrow.
T.AbstractButton {
    id: root

    property string symbol
    property color symbolColour: Theme.colour.brand
    property bool filled: false // the symbol stands on its colour
    property string detail
    property string condition
    property int conditionKind: Banner.Info
    property bool arrow: true
    // Beside the title only where it leaves that most of the line.
    readonly property bool conditionBelow: Theme.stacked || beside.implicitWidth > root.availableWidth * 0.4

    Layout.fillWidth: true
    implicitWidth: 240
    implicitHeight: Math.max(Theme.touch, implicitContentHeight + topPadding + bottomPadding)
    topPadding: Theme.space.small
    bottomPadding: Theme.space.small
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: root.text + (root.condition !== "" ? ", " + root.condition : "")
    Accessible.description: Spoken.of(root.enabled, root.detail)
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()
    Accessible.onPressAction: if (root.enabled) root.clicked()

    background: Rectangle {
        x: -Theme.space.small
        width: root.width + 2 * Theme.space.small
        radius: Theme.radiusSmall
        color: root.down ? Theme.colour.sunken : "transparent"
        border.width: root.visualFocus ? 3 : 0
        border.color: Theme.colour.bronze
    }
    contentItem: RowLayout {
        spacing: Theme.space.medium

        Rectangle {
            visible: root.symbol !== ""
            implicitWidth: Theme.px(root.filled ? 36 : 24)
            implicitHeight: implicitWidth
            radius: Theme.radiusSmall
            color: root.filled ? root.symbolColour : "transparent"

            Icon {
                anchors.centerIn: parent
                width: Theme.px(24)
                height: width
                name: root.symbol
                color: root.filled ? Theme.colour.cardInk : root.symbolColour
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            Label {
                Layout.fillWidth: true
                text: root.text
                Accessible.ignored: true
            }
            Label {
                Layout.fillWidth: true
                visible: text !== ""
                role: Label.Small
                soft: true
                text: root.detail
                Accessible.ignored: true
            }
            Chip {
                visible: root.conditionBelow && root.condition !== ""
                spoken: false
                kind: root.conditionKind
                text: root.condition
            }
        }
        Chip {
            id: beside
            visible: !root.conditionBelow && root.condition !== ""
            spoken: false
            kind: root.conditionKind
            text: root.condition
        }
        Icon {
            visible: root.arrow
            implicitWidth: Theme.px(20)
            implicitHeight: Theme.px(20)
            name: "next"
            color: Theme.colour.inkFaint
        }
    }
}
