pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// A surface that holds what belongs together, one below the other.
Rectangle {
    id: root

    default property alias content: column.data
    property alias spacing: column.spacing
    property int padding: Theme.stacked ? Theme.space.medium : Theme.space.large

    implicitWidth: column.implicitWidth + 2 * root.padding
    implicitHeight: column.implicitHeight + 2 * root.padding
    radius: Theme.radius
    color: Theme.colour.surface
    border.width: 1
    border.color: Theme.colour.line

    ColumnLayout {
        id: column
        x: root.padding
        y: root.padding
        width: root.width - 2 * root.padding
        spacing: Theme.space.medium
    }
}
