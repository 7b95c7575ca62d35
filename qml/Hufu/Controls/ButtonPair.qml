import QtQuick
import QtQuick.Layouts

// Two buttons of one width, side by side; in large type one below the other. Each asks for
// Layout.fillWidth and Layout.preferredWidth: 1.
GridLayout {
    columns: Theme.stacked ? 1 : 2
    columnSpacing: Theme.space.medium
    rowSpacing: Theme.space.small
}
