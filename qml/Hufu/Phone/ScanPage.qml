pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels

// What the eye looks at, and other ways to give it something. A drag over the picture chooses a part of the screen.
PageFrame {
    id: root

    required property ScanModel model

    title: qsTr("Scan")
    backVisible: true
    onBack: root.model.cancel()

    Label {
        Layout.fillWidth: true
        soft: true
        text: root.model.screenVisible ? (root.model.forLink ? qsTr("Looking at your screen for the code of an activation link.") : qsTr("Looking at your screen for the code of the desktop client."))
                                       : qsTr("This system does not show its screen to other programs. Take a screenshot of the code (on most systems with the Print key), then paste it or drop it here.")
    }
    Rectangle {
        Layout.fillWidth: true
        implicitHeight: Math.max(200, Math.min(320, root.height - 440))
        radius: Theme.radius
        color: Theme.colour.sunken
        border.width: 2
        border.color: drop.containsDrag ? Theme.colour.bronze : root.model.watching ? Theme.colour.brand : Theme.colour.line

        Icon {
            anchors.centerIn: parent
            visible: root.model.view.width === undefined || picture.painted.width === 0 // qmllint disable type
            width: Theme.px(72)
            height: width
            name: "scan"
            color: Theme.colour.inkFaint
        }
        Picture {
            id: picture
            anchors.fill: parent
            anchors.margins: 8
            image: root.model.view // qmllint disable type
        }
        Rectangle {
            id: marked
            property point from
            visible: mouse.pressed && width > 4
            color: "transparent"
            border.width: 2
            border.color: Theme.colour.bronze
        }
        MouseArea {
            id: mouse
            anchors.fill: picture
            enabled: root.model.watching
            onPressed: event => {
                marked.from = Qt.point(event.x, event.y);
                marked.width = 0;
                marked.height = 0;
            }
            onPositionChanged: event => {
                marked.x = picture.x + Math.min(marked.from.x, event.x);
                marked.y = picture.y + Math.min(marked.from.y, event.y);
                marked.width = Math.abs(event.x - marked.from.x);
                marked.height = Math.abs(event.y - marked.from.y);
            }
            onReleased: {
                const whole = picture.painted;
                if (marked.width < 12 || marked.height < 12 || whole.width === 0) return;
                const left = Math.max(0, (marked.x - picture.x - whole.x) / whole.width);
                const top = Math.max(0, (marked.y - picture.y - whole.y) / whole.height);
                const right = Math.min(1, (marked.x - picture.x - whole.x + marked.width) / whole.width);
                const bottom = Math.min(1, (marked.y - picture.y - whole.y + marked.height) / whole.height);
                root.model.choosePart(Qt.rect(left, top, right - left, bottom - top));
            }
        }
        DropArea {
            id: drop
            anchors.fill: parent
            onDropped: event => {
                // A browser offers the address of a picture beside the picture itself.
                if (event.hasUrls && event.urls[0].toString().startsWith("file:"))
                    return root.model.openPicture(event.urls[0]);
                const format = event.formats.find(name => name.startsWith("image/"));
                if (format !== undefined) root.model.dropPicture(event.getDataAsArrayBuffer(format));
            }
        }
    }
    Label {
        Layout.fillWidth: true
        visible: root.model.watching
        role: Label.Small
        soft: true
        text: root.model.partial ? qsTr("Looking at the part that you chose.") : qsTr("Drag over the picture to look at a part of it only.")
    }
    // Only what this camera can do.
    ButtonPair {
        Layout.fillWidth: true
        visible: root.model.watching && (root.model.torchThere || root.model.zoomMost > 1)

        Button {
            objectName: "scanTorch"
            visible: root.model.torchThere
            kind: Button.Plain
            symbol: "sun"
            text: root.model.torch ? qsTr("Torch off") : qsTr("Torch on")
            onClicked: root.model.setTorch(!root.model.torch)
        }
        Button {
            objectName: "scanZoom"
            visible: root.model.zoomMost > 1
            kind: Button.Plain
            symbol: "search"
            text: qsTr("Zoom %1×").arg(root.model.zoom)
            onClicked: root.model.setZoom(root.model.zoom * 2 > root.model.zoomMost ? 1 : root.model.zoom * 2)
        }
    }
    ProblemBanner {
        Layout.fillWidth: true
        code: root.model.problem
    }

    foot: [
        ButtonPair {
            Layout.fillWidth: true

            Button {
                objectName: "scanPicture"
                kind: Button.Plain
                symbol: "picture"
                text: qsTr("Picture")
                onClicked: dialog.open()
            }
            Button {
                objectName: "scanPaste"
                kind: Button.Plain
                symbol: "paste"
                text: qsTr("Paste")
                onClicked: root.model.paste()
            }
        },
        Button {
            objectName: "scanWhole"
            Layout.fillWidth: true
            visible: root.model.partial || (!root.model.watching && root.model.screenVisible)
            symbol: "desk"
            text: qsTr("Look at the whole screen")
            onClicked: root.model.choosePart(Qt.rect(0, 0, 0, 0))
        },
        Label {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            role: Label.Tiny
            soft: true
            text: qsTr("You can also drop a picture or its file here.")
        }
    ]

    FileDialog {
        id: dialog
        nameFilters: [qsTr("Pictures") + " (*.png *.jpg *.jpeg *.gif)"]
        onAccepted: root.model.openPicture(dialog.selectedFile)
    }
}
