// Without the pragma Bound: the Loader of Qt 6.4 refuses bound components.
// qmllint disable unqualified
import QtQuick
import Hufu.Controls
import Hufu.DeskModels

// All that there is of a desk until it knows its server.
Window {
    id: root

    required property LinkModel model

    width: 460
    height: 640
    minimumWidth: 400
    minimumHeight: 560
    visible: true
    title: qsTr("Hufu desk")
    color: Theme.colour.ground

    DeskLinkPage {
        anchors.fill: parent
        visible: Explain.code === 0
        focus: visible
        model: root.model
    }
    Loader {
        anchors.fill: parent
        active: Explain.code !== 0
        focus: active
        sourceComponent: explanation
    }
    Component { id: explanation; Explanation { focus: true } }
}
