pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.DeskModels
import Hufu.Shell

// PDFs before they are stamped: seals are dragged onto their pages, or set there with a click or the keyboard.
PageFrame {
    id: root

    required property StampModel model
    property int focused: -1 // the stamp that the keyboard moves: its item is made anew with each change
    readonly property real roomBeside: root.height - 240 // for the page, so that all of it is seen with the button beneath
    readonly property bool several: root.model.documents.length > 1
    property stampView noStamp // of a row whose stamp was taken off
    // Why nothing can be stamped yet, or what will not be.
    readonly property string hint: {
        if (root.model.loading) return "";
        if (root.model.wrong !== "") return root.several ? qsTr("A list of pages of %1 is wrong: put it right first.").arg(root.model.wrong) : qsTr("A list of pages is wrong: put it right first.");
        if (root.model.bare !== "") return root.several ? qsTr("%1 has no seal yet.").arg(root.model.bare) : qsTr("Put a seal on a page first.");
        if (root.model.unfit !== "") return qsTr("%1 cannot be stamped: take it out of the list, or it stays as it is.").arg(root.model.unfit);
        return "";
    }
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
    // By a click or the keyboard: where a seal is looked for, at the end of the page.
    function put(seal: int): void {
        const side = root.model.seals[seal].side;
        const left = root.model.pageWidth - side, top = root.model.pageHeight - side;
        // Clicked twice, it is put there once.
        const isThere = Array.from(root.model.stamps).some(stamp => stamp.here && stamp.seal === seal && Math.abs(stamp.left - left) < 1 && Math.abs(stamp.top - top) < 1);
        if (!isThere) root.set(seal, left, top);
    }
    // The item of it is made at once, and takes the keyboard.
    function set(seal: int, x: real, y: real): void {
        root.focused = root.model.stamps.length;
        if (!root.model.place(seal, x, y)) root.focused = -1;
    }

    title: root.several ? qsTr("Stamp %n PDFs", "", root.model.documents.length) : qsTr("Stamp a PDF")
    subtitle: root.model.file
    backVisible: true
    onBack: root.model.cancel()

    Spinner {
        visible: root.model.loading
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: 48
        implicitHeight: 48
    }
    Card {
        objectName: "stampDocuments"
        visible: root.several
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            role: Label.Small
            soft: true
            text: qsTr("One approval stamps all of them. On the phone each can be left out.")
        }
        Repeater {
            model: root.model.documents

            RowLayout {
                id: paperRow
                required property stampDocumentView modelData
                required property int index
                readonly property bool good: paperRow.modelData.problem === 0
                Layout.fillWidth: true
                spacing: Theme.space.small

                Rectangle {
                    id: name
                    objectName: "stampDocument" + paperRow.index
                    Layout.fillWidth: true
                    Layout.preferredHeight: words.implicitHeight + 12
                    radius: Theme.radiusSmall
                    color: paperRow.modelData.shown ? Theme.colour.goodSoft : "transparent"
                    border.width: name.activeFocus ? 2 : 0
                    border.color: Theme.colour.bronze
                    activeFocusOnTab: paperRow.good
                    Accessible.role: Accessible.Button
                    Accessible.name: paperRow.modelData.name + ", " + state.text
                    Accessible.onPressAction: root.model.choose(paperRow.index)
                    Keys.onReturnPressed: root.model.choose(paperRow.index)
                    Keys.onSpacePressed: root.model.choose(paperRow.index)

                    ColumnLayout {
                        id: words
                        anchors.left: parent.left
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        anchors.leftMargin: Theme.space.small
                        spacing: 0

                        Label {
                            Layout.fillWidth: true
                            role: Label.Small
                            strong: paperRow.modelData.shown
                            wrapMode: Text.WrapAnywhere
                            text: paperRow.modelData.name
                        }
                        Label {
                            id: state
                            Layout.fillWidth: true
                            role: Label.Tiny
                            soft: paperRow.good && paperRow.modelData.seals > 0
                            color: !paperRow.good ? Theme.colour.danger : paperRow.modelData.seals > 0 ? Theme.colour.inkSoft : Theme.colour.warn
                            text: !paperRow.good ? Catalogue.name(paperRow.modelData.problem) + "  " + Catalogue.title(paperRow.modelData.problem, Language.name)
                                : paperRow.modelData.seals > 0 ? qsTr("%n seal(s) on it", "", paperRow.modelData.seals) : qsTr("No seal yet")
                        }
                    }
                    MouseArea {
                        anchors.fill: parent
                        enabled: paperRow.good
                        cursorShape: Qt.PointingHandCursor
                        onClicked: {
                            name.forceActiveFocus();
                            root.model.choose(paperRow.index);
                        }
                    }
                }
                IconButton {
                    objectName: "stampDrop" + paperRow.index
                    symbol: "cross"
                    text: qsTr("Leave %1 out").arg(paperRow.modelData.name)
                    enabled: !root.model.loading
                    onClicked: root.model.drop(paperRow.index)
                }
            }
        }
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
        text: qsTr("Click a seal to put it at the foot of the page, or drag it onto the page. Then move it with the mouse or the arrow keys.")
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
                    border.color: button.activeFocus ? Theme.colour.bronze : Theme.colour.edge
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
                        property point from
                        anchors.fill: parent
                        preventStealing: true
                        cursorShape: pressed ? Qt.ClosedHandCursor : Qt.OpenHandCursor
                        onPressed: mouse => {
                            grip.from = grip.mapToItem(root, mouse.x, mouse.y); // first: the focus may scroll the tile away beneath
                            button.forceActiveFocus();
                        }
                        onPositionChanged: mouse => {
                            const at = grip.mapToItem(root, mouse.x, mouse.y);
                            // A hand that trembles has clicked.
                            if (!root.dragging && Math.hypot(at.x - grip.from.x, at.y - grip.from.y) < 8) return;
                            root.dragAt = at;
                            root.dragging = true;
                            ghost.seal = tile.index;
                        }
                        onReleased: mouse => {
                            const at = grip.mapToItem(root, mouse.x, mouse.y);
                            const isClick = !root.dragging;
                            grip.leave();
                            const onPaper = paper.mapFromItem(root, at.x, at.y);
                            if (isClick) root.put(tile.index);
                            else if (root.isOnPage(at) && paper.contains(onPaper)) root.set(tile.index, onPaper.x / root.scale, onPaper.y / root.scale);
                        }
                        onCanceled: grip.leave()

                        function leave(): void {
                            ghost.seal = -1;
                            root.dragging = false;
                        }
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
                Button {
                    objectName: "stampRideAll" + tile.index
                    visible: root.several
                    kind: Button.Quiet
                    text: qsTr("Across the edges of all documents")
                    Accessible.name: text + ", " + root.words(tile.modelData.kind)
                    onClicked: root.model.rideAll(tile.index)
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
        text: root.several ? qsTr("On each of the documents one, and no more: stamp the results again for the other seals.")
                           : qsTr("Take the other seals off, and stamp the result again for each of them.")
    }
    Item {
        id: below
        visible: !root.beside
        Layout.fillWidth: true
        Layout.preferredHeight: sheet.implicitHeight
    }
    Repeater {
        model: root.model.stamps.length // not the list: its items would be made anew with each change, and a field lose the keyboard

        Card {
            id: row
            required property int index
            readonly property stampView stamp: root.model.stamps[row.index] ?? root.noStamp
            Layout.fillWidth: true

            RowLayout {
                Layout.fillWidth: true

                Label {
                    Layout.fillWidth: true
                    strong: true
                    text: root.words(root.model.seals[row.stamp.seal].kind)
                }
                IconButton {
                    objectName: "stampRemove" + row.index
                    symbol: "cross"
                    text: qsTr("Take %1 off").arg(root.words(root.model.seals[row.stamp.seal].kind))
                    onClicked: root.model.remove(row.index)
                }
            }
            TextField {
                id: pages
                Layout.fillWidth: true
                visible: root.model.count > 1
                caption: qsTr("On pages, as in 1-3,7")
                field.objectName: "stampPages" + row.index
                text: row.stamp.typed
                maximumLength: 64
                problem: row.stamp.wrong ? qsTr("There are no such pages, or the seal is larger than one of them.") : ""
                // With each key: what is stamped is what stands here.
                onTextChanged: {
                    if (pages.text === row.stamp.typed) return;
                    root.focused = -1;
                    root.model.setPages(row.index, pages.text);
                }
            }
            Button {
                objectName: "stampAll" + row.index
                visible: root.model.count > 1
                kind: Button.Quiet
                text: qsTr("On all pages")
                onClicked: root.model.onAllPages(row.index)
            }
            Button {
                objectName: "stampLastOfAll" + row.index
                visible: root.several
                kind: Button.Quiet
                text: qsTr("Here on the last page of all documents")
                onClicked: root.model.onLastPages(row.index)
            }
            Button {
                objectName: "stampFirstOfAll" + row.index
                visible: root.several
                kind: Button.Quiet
                text: qsTr("Here on the first page of all documents")
                onClicked: root.model.onFirstPages(row.index)
            }
        }
    }

    // The page that is stamped, with what turns it: beside the seals where the window has room, so that both are seen at once.
    ColumnLayout {
        id: sheet
        parent: root.beside ? besides : below
        width: sheet.parent.width
        spacing: Theme.space.small

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
            Layout.alignment: Qt.AlignHCenter
            Layout.preferredWidth: root.beside ? Math.min(sheet.width, root.roomBeside * root.model.pageWidth / Math.max(1, root.model.pageHeight)) : sheet.width
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
                        id: hand
                        property point began // where in the window
                        property point from  // where on the mark it holds
                        anchors.fill: parent
                        preventStealing: true
                        cursorShape: Qt.SizeAllCursor
                        onPressed: mouse => {
                            hand.began = hand.mapToItem(root, mouse.x, mouse.y);
                            mark.forceActiveFocus(); // which may scroll it
                            hand.from = hand.mapFromItem(root, hand.began.x, hand.began.y);
                        }
                        onPositionChanged: mouse => {
                            const at = hand.mapToItem(root, mouse.x, mouse.y);
                            // A hand that trembles moves nothing.
                            if (!root.dragging && Math.hypot(at.x - hand.began.x, at.y - hand.began.y) < 8) return;
                            root.dragAt = at;
                            root.dragging = true;
                            hand.follow();
                        }
                        onReleased: {
                            const isDropped = root.dragging && root.isOnPage(root.dragAt);
                            root.dragging = false;
                            if (isDropped) root.model.move(mark.index, mark.x / root.scale, mark.y / root.scale);
                            else hand.putBack();
                        }
                        onCanceled: {
                            root.dragging = false;
                            hand.putBack();
                        }

                        Component.onDestruction: if (hand.pressed) root.dragging = false // removed by a key meanwhile

                        function follow(): void {
                            const at = paper.mapFromItem(root, root.dragAt.x, root.dragAt.y);
                            mark.x = at.x - hand.from.x;
                            mark.y = at.y - hand.from.y;
                        }
                        function putBack(): void {
                            mark.x = Qt.binding(() => mark.modelData.left * root.scale);
                            mark.y = Qt.binding(() => mark.modelData.top * root.scale);
                        }

                        Connections {
                            target: root
                            enabled: hand.pressed
                            function onScrolledUnderDrag() { hand.follow(); }
                        }
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
    }

    // What is dragged, above everything.
    Item {
        id: ghost
        property int seal: -1
        readonly property int known: Math.max(0, ghost.seal)
        parent: root
        z: 10
        x: root.dragAt.x - ghost.width / 2
        y: root.dragAt.y - ghost.height / 2
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

    foot: [
        Item {
            id: besides
            visible: root.beside
            Layout.fillWidth: true
            Layout.preferredHeight: sheet.implicitHeight
        },
        Label {
            objectName: "stampHint"
            Layout.fillWidth: true
            visible: root.hint !== ""
            role: Label.Small
            color: root.model.ready ? Theme.colour.inkSoft : Theme.colour.warn
            text: root.hint
        },
        Button {
            objectName: "stampNow"
            Layout.fillWidth: true
            symbol: "seal"
            enabled: root.model.ready
            text: qsTr("Stamp, and approve on the phone")
            onClicked: root.model.stamp()
        }
    ]
}
