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
        objectName: "scanOnceMore"
        Layout.fillWidth: true
        visible: root.model.onceMore
        strong: true
        text: qsTr("The connection is back. Meanwhile the code has changed, and nothing was signed: have the phone look at it once more.")
    }
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
        border.color: drop.containsDrag ? Theme.colour.bronze : root.model.watching ? Theme.colour.brand : Theme.colour.edge

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
        // A part of it: drawn with the mouse, or moved and sized with the keys.
        Item {
            id: region
            objectName: "scanRegion"
            property rect part: Qt.rect(0.25, 0.25, 0.5, 0.5) // in fractions of the picture
            readonly property real stride: 0.125
            function place(x: real, y: real, width: real, height: real) {
                const w = Math.max(region.stride, Math.min(1, width));
                const h = Math.max(region.stride, Math.min(1, height));
                region.part = Qt.rect(Math.max(0, Math.min(1 - w, x)), Math.max(0, Math.min(1 - h, y)), w, h);
            }
            function grow(by: real) {
                region.place(region.part.x - by / 2, region.part.y - by / 2, region.part.width + by, region.part.height + by);
            }
            function choose() {
                if (picture.painted.width > 0) root.model.choosePart(region.part);
            }

            anchors.fill: picture
            enabled: root.model.watching
            activeFocusOnTab: true
            Accessible.role: Accessible.Button
            Accessible.name: qsTr("Look at a part of the screen only")
            Accessible.description: qsTr("The arrow keys move the part, plus and minus size it, Return looks at it.")
            Accessible.onPressAction: if (region.enabled) region.choose()
            Keys.onPressed: event => {
                const at = region.part;
                switch (event.key) {
                case Qt.Key_Left: region.place(at.x - region.stride, at.y, at.width, at.height); break;
                case Qt.Key_Right: region.place(at.x + region.stride, at.y, at.width, at.height); break;
                case Qt.Key_Up: region.place(at.x, at.y - region.stride, at.width, at.height); break;
                case Qt.Key_Down: region.place(at.x, at.y + region.stride, at.width, at.height); break;
                case Qt.Key_Plus: region.grow(region.stride); break;
                case Qt.Key_Minus: region.grow(-region.stride); break;
                case Qt.Key_Return:
                case Qt.Key_Enter:
                case Qt.Key_Space: region.choose(); break;
                default: return;
                }
                event.accepted = true;
            }

            Rectangle {
                anchors.fill: parent
                visible: region.activeFocus
                color: "transparent"
                border.width: 3
                border.color: Theme.colour.bronze

                Rectangle {
                    x: picture.painted.x + region.part.x * picture.painted.width
                    y: picture.painted.y + region.part.y * picture.painted.height
                    width: region.part.width * picture.painted.width
                    height: region.part.height * picture.painted.height
                    visible: picture.painted.width > 0
                    color: "transparent"
                    border.width: 4
                    border.color: Theme.colour.paper

                    Rectangle {
                        anchors.fill: parent
                        color: "transparent"
                        border.width: 2
                        border.color: Theme.colour.bronze
                    }
                }
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
                anchors.fill: parent
                onPressed: event => {
                    marked.from = Qt.point(event.x, event.y);
                    marked.width = 0;
                    marked.height = 0;
                }
                onPositionChanged: event => {
                    marked.x = Math.min(marked.from.x, event.x);
                    marked.y = Math.min(marked.from.y, event.y);
                    marked.width = Math.abs(event.x - marked.from.x);
                    marked.height = Math.abs(event.y - marked.from.y);
                }
                onReleased: {
                    const whole = picture.painted;
                    if (marked.width < 12 || marked.height < 12 || whole.width === 0) return;
                    const left = Math.max(0, (marked.x - whole.x) / whole.width);
                    const top = Math.max(0, (marked.y - whole.y) / whole.height);
                    const right = Math.min(1, (marked.x - whole.x + marked.width) / whole.width);
                    const bottom = Math.min(1, (marked.y - whole.y + marked.height) / whole.height);
                    root.model.choosePart(Qt.rect(left, top, right - left, bottom - top));
                }
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
        text: root.model.partial ? qsTr("Looking at the part that you chose.") : qsTr("Drag over the picture, or move the frame with the arrow keys, to look at a part of it only.")
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
        nameFilters: [qsTr("Pictures") + " (*.png *.jpg *.jpeg *.gif *.PNG *.JPG *.JPEG *.GIF)", qsTr("All files") + " (*)"]
        onAccepted: root.model.openPicture(dialog.selectedFile)
    }
}
