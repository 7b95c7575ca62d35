import QtQuick

// Buttons of one size, side by side; in large type, or where a word would break, one below the other.
Item {
    id: root

    readonly property int spacing: Theme.space.small
    readonly property real narrowest: Math.max(0, ...Array.from(root.children).map(button => button.narrowest ?? 0))
    readonly property int columns: Theme.stacked || root.narrowest > (root.width + root.spacing) / root.children.length - root.spacing ? 1 : root.children.length
    readonly property int rows: Math.ceil(root.children.length / root.columns)
    readonly property real cell: (root.width - (root.columns - 1) * root.spacing) / root.columns
    readonly property real tallest: {
        let most = 0;
        for (let i = 0; i < root.children.length; ++i)
            most = Math.max(most, root.children[i].implicitHeight);
        return most;
    }

    implicitWidth: 240
    implicitHeight: root.rows * root.tallest + (root.rows - 1) * root.spacing
    // No loop whose variable the bindings keep: Qt 6.4's engine may collect what such a loop stands on, and crashes.
    Component.onCompleted: Array.from(root.children).forEach((button, i) => {
        button.width = Qt.binding(() => root.cell);
        button.height = Qt.binding(() => root.tallest);
        button.x = Qt.binding(() => i % root.columns * (root.cell + root.spacing));
        button.y = Qt.binding(() => Math.floor(i / root.columns) * (root.tallest + root.spacing));
    })
}
