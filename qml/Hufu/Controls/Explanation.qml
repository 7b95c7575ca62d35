pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// A failure's entry in the catalogue, over the page where it was shown; that page keeps what was typed.
PageFrame {
    id: root

    objectName: "explanation"
    title: qsTr("What happened")
    backVisible: true
    ground: failure.ground
    onBack: Explain.close()

    FailurePanel {
        id: failure
        Layout.fillWidth: true
        code: Explain.code
    }

    foot: Button {
        objectName: "explanationClose"
        Layout.fillWidth: true
        text: qsTr("Back to where you were")
        onClicked: Explain.close()
    }
}
