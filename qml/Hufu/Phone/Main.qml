pragma ComponentBehavior: Bound

import QtQuick
import Hufu.Controls
import Hufu.PhoneModels

// The phone's window: one page at a time, as Screens says.
Window {
    id: root

    required property Screens screens

    width: 390
    height: 780
    minimumWidth: 320
    minimumHeight: 320
    // At the right, so that it does not hide what it is to read.
    x: Math.max(0, Screen.width - width - 60)
    y: 40
    visible: true
    title: qsTr("Hufu phone shield")
    color: Theme.colour.ground

    Pages {
        anchors.fill: parent
        screens: root.screens
    }
}
