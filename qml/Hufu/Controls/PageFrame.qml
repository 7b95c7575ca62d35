pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// The frame of every page: a header, a body that scrolls when it is longer than the screen, a foot that stays.
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
    signal back()

    Rectangle {
        anchors.fill: parent
        color: root.ground
    }

    Item {
        id: header
        width: root.width
        height: root.title === "" && !root.backVisible ? Theme.space.page : root.subtitle !== "" ? 76 : 60

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
            anchors.left: parent.left
            anchors.leftMargin: root.backVisible ? 56 : Theme.space.page
            anchors.right: parent.right
            anchors.rightMargin: Theme.space.page
            anchors.verticalCenter: parent.verticalCenter
            spacing: 0

            Label {
                Layout.fillWidth: true
                role: Label.Title
                text: root.title
                color: root.headerInk
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            Label {
                Layout.fillWidth: true
                visible: root.subtitle !== ""
                role: Label.Small
                text: root.subtitle
                color: root.headerInk
                opacity: 0.8
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
            }
        }
    }

    Flickable {
        id: scroll
        y: header.height
        width: root.width
        height: root.height - header.height - footArea.height
        contentWidth: width
        contentHeight: body.y + body.height + Theme.space.large
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height

        ColumnLayout {
            id: body
            x: Math.max(Theme.space.page, (scroll.width - 520) / 2)
            y: root.centred ? Math.max(Theme.space.small, (scroll.height - implicitHeight) / 2 - Theme.space.huge) : Theme.space.small
            width: scroll.width - 2 * x
            spacing: Theme.space.large
        }
    }
    Rectangle {
        // The end of a long text fades into a line, so that nobody takes the fold for the end.
        visible: !root.atEnd
        y: scroll.y + scroll.height - 1
        width: root.width
        height: 1
        color: Theme.colour.line
    }
    Rectangle {
        visible: scroll.interactive
        x: root.width - 5
        y: scroll.y + scroll.visibleArea.yPosition * scroll.height
        width: 3
        height: scroll.visibleArea.heightRatio * scroll.height
        radius: 2
        color: Theme.colour.inkFaint
        opacity: 0.5
    }

    Item {
        id: footArea
        anchors.bottom: parent.bottom
        width: root.width
        height: foot.implicitHeight > 0 ? foot.implicitHeight + Theme.space.medium + Theme.space.page : 0

        ColumnLayout {
            id: foot
            x: Math.max(Theme.space.page, (root.width - 520) / 2)
            y: Theme.space.medium
            width: root.width - 2 * x
            spacing: Theme.space.small
        }
    }
}
