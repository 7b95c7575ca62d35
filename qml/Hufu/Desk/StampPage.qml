pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.DeskModels

// A PDF before it is stamped: seals are dragged onto its pages, or set there with the keyboard.
PageFrame {
    id: root

    required property StampModel model
    property int focused: -1 // the stamp that the keyboard moves: its item is made anew with each change
    readonly property real scale: paper.width / Math.max(1, root.model.pageWidth) // pixels of a millimetre

    function words(kind: string): string {
        switch (kind) {
        case "company": return qsTr("Company seal");
        case "legalPerson": return qsTr("Legal person's seal");
        case "finance": return qsTr("Finance seal");
        case "contract": return qsTr("Contract seal");
        default: return kind;
        }
    }
    // By the keyboard: where a seal is looked for, at the end of the page.
    function put(seal: int): void {
        const side = root.model.seals[seal].side;
        root.set(seal, root.model.pageWidth - side, root.model.pageHeight - side);
    }
    // The item of it is made at once, and takes the keyboard.
    function set(seal: int, x: real, y: real): void {
        root.focused = root.model.stamps.length;
        if (!root.model.place(seal, x, y)) root.focused = -1;
    }

    title: qsTr("Stamp a PDF")
    subtitle: root.model.file
    backVisible: true
    onBack: root.model.cancel()

    Spinner {
        visible: root.model.loading
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: 48
        implicitHeight: 48
    }
    Banner {
        objectName: "stampSigned"
        visible: root.model.signatures > 0
        Layout.fillWidth: true
        title: qsTr("%n signature(s) already", "", root.model.signatures)
        text: qsTr("They stay valid: what is stamped is added behind them.")
    }
    Banner {
        objectName: "stampMixed"
        visible: root.model.mixed
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("That seal is another person's")
        text: qsTr("One person approves all stamps of a document. Stamp it again for the other.")
    }
    Label {
        Layout.fillWidth: true
        visible: !root.model.loading
        soft: true
        text: qsTr("Drag a seal onto the page, or press Enter on it and move it with the arrow keys.")
    }
    Column {
        id: tiles
        Layout.fillWidth: true
        spacing: Theme.space.medium
        visible: !root.model.loading

        Repeater {
            model: root.model.seals

            Column {
                id: tile
                required property stampSealView modelData
                required property int index
                spacing: Theme.space.small

                Rectangle {
                    id: button
                    objectName: "stampSeal" + tile.index
                    width: tiles.width
                    height: Math.max(small.height, facts.implicitHeight) + 16
                    radius: Theme.radiusSmall
                    color: Theme.colour.surface
                    border.width: button.activeFocus ? 2 : 1
                    border.color: button.activeFocus ? Theme.colour.bronze : Theme.colour.line
                    activeFocusOnTab: true
                    Accessible.role: Accessible.Button
                    Accessible.name: qsTr("Put %1 on the page").arg(root.words(tile.modelData.kind) + " " + tile.modelData.name)
                    Accessible.onPressAction: root.put(tile.index)
                    Keys.onReturnPressed: root.put(tile.index)
                    Keys.onSpacePressed: root.put(tile.index)

                    Picture {
                        id: small
                        x: 8
                        y: 8
                        width: 60
                        height: 60
                        image: tile.modelData.image // qmllint disable type
                    }
                    Column {
                        id: facts
                        anchors.left: small.right
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        anchors.leftMargin: Theme.space.medium
                        anchors.rightMargin: Theme.space.medium

                        Label {
                            width: parent.width
                            role: Label.Small
                            strong: true
                            text: root.words(tile.modelData.kind) + "  " + tile.modelData.name
                        }
                        Label {
                            width: parent.width
                            role: Label.Tiny
                            soft: true
                            text: tile.modelData.project !== "" ? qsTr("%1, only for %2").arg(tile.modelData.purpose).arg(tile.modelData.project) : tile.modelData.purpose
                        }
                        Label {
                            width: parent.width
                            role: Label.Tiny
                            soft: true
                            text: tile.modelData.person
                        }
                    }
                    MouseArea {
                        id: grip
                        anchors.fill: parent
                        preventStealing: true
                        cursorShape: pressed ? Qt.ClosedHandCursor : Qt.OpenHandCursor
                        onPressed: button.forceActiveFocus()
                        onPositionChanged: mouse => {
                            ghost.seal = tile.index;
                            const at = grip.mapToItem(root, mouse.x, mouse.y);
                            ghost.x = at.x - ghost.width / 2;
                            ghost.y = at.y - ghost.height / 2;
                        }
                        onReleased: mouse => {
                            const at = grip.mapToItem(paper, mouse.x, mouse.y);
                            ghost.seal = -1;
                            if (paper.contains(at)) root.set(tile.index, at.x / root.scale, at.y / root.scale);
                        }
                        onCanceled: ghost.seal = -1
                    }
                }
                CheckBox {
                    objectName: "stampRiding" + tile.index
                    visible: root.model.count > 1
                    width: tiles.width
                    checked: tile.modelData.riding
                    text: qsTr("Across the edges of all pages")
                    Accessible.name: text + ", " + root.words(tile.modelData.kind)
                    onToggled: root.model.setRiding(tile.index, checked)
                }
            }
        }
    }
    CheckBox {
        objectName: "stampElectronic"
        Layout.fillWidth: true
        visible: !root.model.loading
        checked: root.model.electronic
        text: qsTr("As an electronic signature of GB/T 38540")
        onToggled: root.model.electronic = checked
    }
    Banner {
        objectName: "stampTooMany"
        visible: root.model.tooMany
        Layout.fillWidth: true
        kind: Banner.Warn
        title: qsTr("An electronic signature is of one seal")
        text: qsTr("Take the other seals off, and stamp the result again for each of them.")
    }
    RowLayout {
        Layout.fillWidth: true
        visible: root.model.count > 0

        IconButton {
            objectName: "stampBefore"
            symbol: "back"
            text: qsTr("Page before")
            enabled: root.model.page > 1
            onClicked: root.model.goTo(root.model.page - 1)
        }
        Label {
            objectName: "stampPage"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("Page %1 of %2").arg(root.model.page).arg(root.model.count)
        }
        Button {
            objectName: "stampLast"
            kind: Button.Quiet
            text: qsTr("Last page")
            visible: root.model.page + 1 < root.model.count
            onClicked: root.model.goTo(root.model.count)
        }
        IconButton {
            objectName: "stampNext"
            symbol: "next"
            text: qsTr("Next page")
            enabled: root.model.page < root.model.count
            onClicked: root.model.goTo(root.model.page + 1)
        }
    }
    Rectangle {
        id: paper
        objectName: "stampPaper"
        Layout.fillWidth: true
        Layout.preferredHeight: paper.width * root.model.pageHeight / Math.max(1, root.model.pageWidth)
        visible: root.model.count > 0
        color: Theme.colour.paper
        border.width: 1
        border.color: Theme.colour.line
        clip: true

        Picture {
            anchors.fill: parent
            image: root.model.picture // qmllint disable type
        }
        Repeater {
            model: root.model.stamps

            Item {
                id: mark
                required property stampView modelData
                required property int index
                readonly property stampSealView seal: root.model.seals[mark.modelData.seal]

                objectName: "stampMark" + mark.index
                visible: mark.modelData.here
                x: mark.modelData.left * root.scale
                y: mark.modelData.top * root.scale
                width: mark.seal.side * root.scale
                height: width
                activeFocusOnTab: true
                Accessible.role: Accessible.Button
                Accessible.name: qsTr("%1, %2 mm from the left, %3 mm from the top").arg(root.words(mark.seal.kind)).arg(Math.round(mark.modelData.left)).arg(Math.round(mark.modelData.top))
                onActiveFocusChanged: if (mark.activeFocus) root.focused = mark.index
                Component.onCompleted: if (root.focused === mark.index && mark.visible) mark.forceActiveFocus()
                Keys.onPressed: event => {
                    const step = event.modifiers & Qt.ShiftModifier ? 10 : 1;
                    let left = mark.modelData.left, top = mark.modelData.top;
                    switch (event.key) {
                    case Qt.Key_Left: left -= step; break;
                    case Qt.Key_Right: left += step; break;
                    case Qt.Key_Up: top -= step; break;
                    case Qt.Key_Down: top += step; break;
                    case Qt.Key_Delete:
                        event.accepted = true;
                        root.focused = -1;
                        root.model.remove(mark.index);
                        return;
                    default: return;
                    }
                    event.accepted = true;
                    root.model.move(mark.index, left, top);
                }

                Picture {
                    anchors.fill: parent
                    image: mark.seal.image // qmllint disable type
                }
                Rectangle {
                    anchors.fill: parent
                    color: "transparent"
                    border.width: mark.activeFocus ? 2 : 0
                    border.color: Theme.colour.bronze
                }
                MouseArea {
                    anchors.fill: parent
                    preventStealing: true
                    drag.target: mark
                    drag.threshold: 0
                    drag.smoothed: false
                    cursorShape: Qt.SizeAllCursor
                    onPressed: mark.forceActiveFocus()
                    onReleased: root.model.move(mark.index, mark.x / root.scale, mark.y / root.scale)
                }
            }
        }
        // Where the strips of a riding seal will be.
        Column {
            objectName: "stampEdge"
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter

            Repeater {
                model: root.model.seals

                Rectangle {
                    id: strip
                    required property stampSealView modelData
                    visible: strip.modelData.riding
                    width: 5
                    height: strip.modelData.side * root.scale
                    color: Theme.colour.danger
                    opacity: 0.7
                }
            }
        }
    }
    Repeater {
        model: root.model.stamps

        Card {
            id: row
            required property stampView modelData
            required property int index
            Layout.fillWidth: true

            RowLayout {
                Layout.fillWidth: true

                Label {
                    Layout.fillWidth: true
                    strong: true
                    text: root.words(root.model.seals[row.modelData.seal].kind)
                }
                IconButton {
                    objectName: "stampRemove" + row.index
                    symbol: "cross"
                    text: qsTr("Take %1 off").arg(root.words(root.model.seals[row.modelData.seal].kind))
                    onClicked: root.model.remove(row.index)
                }
            }
            TextField {
                id: pages
                property bool wrong: false
                Layout.fillWidth: true
                visible: root.model.count > 1
                caption: qsTr("On pages, as in 1-3,7")
                field.objectName: "stampPages" + row.index
                text: row.modelData.pages
                maximumLength: 64
                problem: pages.wrong ? qsTr("There are no such pages, or the seal is larger than one of them.") : ""
                onAccepted: pages.wrong = !root.model.setPages(row.index, pages.text)
            }
            Button {
                objectName: "stampAll" + row.index
                visible: root.model.count > 1
                kind: Button.Quiet
                text: qsTr("On all pages")
                onClicked: root.model.onAllPages(row.index)
            }
        }
    }

    // What is dragged, above everything.
    Item {
        id: ghost
        property int seal: -1
        readonly property int known: Math.max(0, ghost.seal)
        parent: root
        z: 10
        width: ghost.seal >= 0 ? root.model.seals[ghost.known].side * root.scale : 0
        height: ghost.width
        opacity: 0.7

        Repeater {
            model: ghost.seal >= 0 ? 1 : 0

            Picture {
                width: ghost.width
                height: ghost.height
                image: root.model.seals[ghost.known].image // qmllint disable type
            }
        }
    }

    foot: Button {
        objectName: "stampNow"
        Layout.fillWidth: true
        symbol: "seal"
        enabled: root.model.ready
        text: qsTr("Stamp, and approve on the phone")
        onClicked: root.model.stamp()
    }
}
