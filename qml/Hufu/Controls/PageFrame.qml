pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// The frame of every page: a header, a body that scrolls when it is longer than the screen, a foot that stays. On a
// screen that is wider than high the foot stands beside the body. A foot that would take the body's room scrolls with it.
FocusScope {
    id: root

    default property alias content: body.data
    property alias foot: foot.data
    property string title
    property string subtitle
    property bool backVisible: false
    property bool centred: false // short pages: content in the middle
    property color ground: Theme.colour.ground
    property color headerInk: Theme.colour.ink
    readonly property bool atEnd: scroll.contentY + scroll.height >= scroll.contentHeight - 2
    readonly property bool footThere: foot.implicitHeight > 0
    readonly property bool beside: root.footThere && root.width >= 520 && root.width > root.height * 1.2
    readonly property bool footScrolls: root.footThere && !root.beside && foot.implicitHeight + header.height > root.height * 0.65
    readonly property real bodyWidth: root.beside ? root.width * 0.56 : root.width
    readonly property Item focused: root.Window.activeFocusItem
    property Item heading: titleText // what says which page it is
    property bool givesKeyboard: false // to something of its own, as it opens
    property int turn: 0 // which of its parts stands here, of a page that shows them one by one
    property int turns: 1
    property bool dragging: false // something is dragged over the page: near its edge the body scrolls
    property point dragAt // where
    signal back()
    signal scrolledUnderDrag()

    // Whether what is there is the body, or what stands beside it, and not the header or the foot.
    function isOnPage(at: point): bool {
        return at.y >= header.height && (root.beside || at.y < scroll.y + scroll.height);
    }

    // The page is new: a screen reader says where it is, which is where the keyboard is.
    function greet() {
        if (!root.givesKeyboard) root.heading.forceActiveFocus(Qt.OtherFocusReason);
    }

    // A part that comes instead of another is new as a page is, though its heading may be where the keyboard was.
    onTurnChanged: {
        root.heading.focus = false;
        root.greet();
        root.toTop();
    }

    // Whatever has the keyboard: what stands first is to be read first.
    function toTop() {
        scroll.contentY = 0;
    }

    // Whoever walks with the keyboard sees where; of what is higher than its place the beginning.
    onFocusedChanged: {
        let above = root.focused;
        while (above && above !== scroll.contentItem && above !== footArea.contentItem)
            above = above.parent;
        if (!above) return;
        const area = above === scroll.contentItem ? scroll : footArea;
        const top = root.focused.mapToItem(above, 0, 0).y;
        const most = Math.max(0, area.contentHeight - area.height);
        if (top < area.contentY + Theme.space.small || root.focused.height > area.height - 2 * Theme.space.large)
            area.contentY = Math.max(0, Math.min(most, top - Theme.space.large));
        else if (top + root.focused.height > area.contentY + area.height)
            area.contentY = Math.max(0, Math.min(most, top + root.focused.height - area.height + Theme.space.large));
    }
    Keys.onPressed: event => {
        const most = Math.max(0, scroll.contentHeight - scroll.height);
        if (event.key === Qt.Key_PageDown) scroll.contentY = Math.min(most, scroll.contentY + scroll.height * 0.9);
        else if (event.key === Qt.Key_PageUp) scroll.contentY = Math.max(0, scroll.contentY - scroll.height * 0.9);
        else if (event.key === Qt.Key_Escape && root.backVisible) root.back();
        else return;
        event.accepted = true;
    }

    Rectangle {
        anchors.fill: parent
        color: root.ground
    }

    Item {
        id: header
        width: root.width
        height: root.title === "" && !root.backVisible ? Theme.space.page
                                                        : Math.max(60, words.implicitHeight + 2 * Theme.space.medium, backButton.visible ? backButton.height + Theme.space.small : 0)

        IconButton {
            id: backButton
            objectName: "back"
            x: Theme.space.small
            anchors.verticalCenter: parent.verticalCenter
            visible: root.backVisible
            symbol: "back"
            colour: root.headerInk
            text: qsTr("Back")
            onClicked: root.back()
        }
        ColumnLayout {
            id: words
            anchors.left: parent.left
            anchors.leftMargin: root.backVisible ? backButton.width + Theme.space.medium : Theme.space.page
            anchors.right: parent.right
            anchors.rightMargin: Theme.space.page
            anchors.verticalCenter: parent.verticalCenter
            spacing: 0
            Headline {
                id: titleText
                objectName: "pageTitle"
                Layout.fillWidth: true
                text: root.title
                color: root.headerInk
                Accessible.role: Accessible.Heading
                Accessible.name: root.turns > 1 && text !== "" ? qsTr("%1, part %2 of %3").arg(text).arg(root.turn + 1).arg(root.turns) : text
                Accessible.focusable: true
            }
            Label {
                Layout.fillWidth: true
                visible: root.subtitle !== ""
                role: Label.Small
                text: root.subtitle
                color: root.headerInk === Theme.colour.ink ? Theme.colour.inkSoft : root.headerInk
            }
        }
    }

    Flickable {
        id: scroll
        objectName: "scroll"
        y: header.height
        width: root.bodyWidth
        height: root.height - header.height - (root.beside ? 0 : footArea.height)
        contentWidth: width
        contentHeight: body.y + body.height + Theme.space.large + (root.footScrolls ? foot.implicitHeight + Theme.space.page : 0)
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height

        ColumnLayout {
            id: body
            x: Math.max(Theme.space.page, (scroll.width - Theme.columnWidth) / 2)
            y: root.centred && !root.footScrolls ? Math.max(Theme.space.small, (scroll.height - implicitHeight) / 2 - Theme.space.huge) : Theme.space.small
            width: scroll.width - 2 * x
            spacing: Theme.space.large
        }
    }
    Timer {
        id: pull
        readonly property real margin: 56 // pixels from the edge: the nearer, the faster
        readonly property real above: scroll.y + pull.margin - root.dragAt.y
        readonly property real below: root.dragAt.y - (scroll.y + scroll.height - pull.margin)
        readonly property real step: (pull.above > 0 ? -Math.min(pull.above, pull.margin) : Math.max(0, Math.min(pull.below, pull.margin))) / 4
        interval: 16
        repeat: true
        running: root.dragging && root.dragAt.x < root.bodyWidth && pull.step !== 0
        onTriggered: {
            const before = scroll.contentY;
            scroll.contentY = Math.max(0, Math.min(scroll.contentHeight - scroll.height, before + pull.step));
            if (scroll.contentY !== before) root.scrolledUnderDrag();
        }
    }
    Rectangle {
        // The end of a long text fades into a line, so that nobody takes the fold for the end.
        visible: !root.atEnd
        y: scroll.y + scroll.height - 1
        width: scroll.width
        height: 1
        color: Theme.colour.line
    }
    Rectangle {
        visible: scroll.interactive
        x: scroll.width - 5
        y: scroll.y + scroll.visibleArea.yPosition * scroll.height
        width: 3
        height: scroll.visibleArea.heightRatio * scroll.height
        radius: 2
        color: Theme.colour.inkFaint
        opacity: 0.5
    }

    Flickable {
        id: footArea
        x: root.beside ? root.bodyWidth : 0
        y: root.beside ? header.height : root.height - height
        width: root.width - x
        height: root.beside ? root.height - header.height
                            : root.footThere && !root.footScrolls ? foot.implicitHeight + Theme.space.medium + Theme.space.page : 0
        contentWidth: width
        contentHeight: root.beside ? foot.y + foot.height + Theme.space.page : height
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height
    }
    ColumnLayout {
        id: foot
        parent: root.footScrolls ? scroll.contentItem : footArea.contentItem
        x: root.footScrolls ? body.x : Math.max(Theme.space.page, (footArea.width - Theme.columnWidth) / 2)
        y: root.footScrolls ? body.y + body.height + Theme.space.large
                            : root.beside ? Math.max(Theme.space.small, (footArea.height - implicitHeight - Theme.space.page) / 2) : Theme.space.medium
        width: root.footScrolls ? body.width : footArea.width - 2 * x
        spacing: Theme.space.small
    }
}
