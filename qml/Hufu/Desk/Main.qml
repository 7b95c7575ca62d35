pragma ComponentBehavior: Bound

import QtQuick
import Hufu.Controls
import Hufu.DeskModels

Window {
    id: root

    required property DeskScreens screens

    width: 460
    height: 780
    minimumWidth: 400
    minimumHeight: 600
    // Beside the phone, so that it can see the code.
    x: 60
    y: 40
    visible: true
    title: qsTr("Hufu desk")
    color: Theme.colour.ground

    DeskPages {
        anchors.fill: parent
        screens: root.screens
    }
}
