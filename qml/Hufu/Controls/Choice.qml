pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

// One of a few: a caption, and a button for each. Side by side, in large type one below the other.
ColumnLayout {
    id: root

    required property string caption
    required property list<string> options
    required property int current
    signal chosen(int index)

    spacing: Theme.space.small

    Label {
        Layout.fillWidth: true
        text: root.caption
    }
    Grid {
        id: grid
        readonly property real cell: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns
        // All are as high as the highest.
        readonly property real tallest: {
            let most = Theme.finger;
            for (let i = 0; i < repeater.count; ++i)
                most = Math.max(most, repeater.itemAt(i)?.implicitHeight ?? 0);
            return most;
        }
        Layout.fillWidth: true
        columns: Theme.stacked ? 1 : root.options.length
        spacing: Theme.space.small

        Repeater {
            id: repeater
            model: root.options

            T.RadioButton {
                id: option
                required property int index
                required property string modelData
                objectName: "choice" + option.index
                width: grid.cell
                height: grid.tallest
                implicitHeight: implicitContentHeight + 2 * Theme.space.small
                leftPadding: Theme.space.small
                rightPadding: Theme.space.small
                focusPolicy: Qt.StrongFocus
                checked: option.index === root.current
                text: option.modelData
                Accessible.role: Accessible.RadioButton
                Accessible.name: root.caption + " " + option.text
                Accessible.description: Spoken.of(option.enabled, "")
                Accessible.checked: option.checked
                onClicked: root.chosen(option.index)
                Keys.onReturnPressed: root.chosen(option.index)
                Keys.onEnterPressed: root.chosen(option.index)
                Accessible.onPressAction: if (option.enabled) root.chosen(option.index)
                Accessible.onToggleAction: if (option.enabled) root.chosen(option.index)

                contentItem: Label {
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                    strong: option.checked
                    color: option.checked ? Theme.colour.brand : Theme.colour.inkSoft
                    text: option.text
                    Accessible.ignored: true
                }
                background: Rectangle {
                    radius: Theme.radiusSmall
                    color: option.checked ? Theme.colour.brandSoft : option.down ? Theme.colour.sunken : Theme.colour.surface
                    border.width: option.visualFocus ? 3 : option.checked ? 2 : 1
                    border.color: option.visualFocus ? Theme.colour.bronze : option.checked ? Theme.colour.brand : Theme.colour.edge
                }
            }
        }
    }
}
