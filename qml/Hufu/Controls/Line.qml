import QtQuick
import QtQuick.Layouts

// Parts the lines of a card.
Rectangle {
    Layout.fillWidth: true
    implicitHeight: 1
    color: Theme.colour.line
}
