pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hufu.Controls

T.Button {
    id: root

    enum Kind { Primary, Plain, Danger, Quiet }
    property int kind: Button.Primary
    property string symbol // an icon's name
    property bool busy: false
    // In which no word breaks; Chinese may break between any two characters.
    readonly property real narrowest: leftPadding + rightPadding + root.symbolSpace + 2 + Math.ceil(longest.advanceWidth)
    readonly property int symbolSpace: root.symbol !== "" || root.busy ? Theme.px(22) + Theme.space.small : 0

    readonly property color textColour: {
        if (!root.enabled) return Theme.colour.inkFaint;
        switch (root.kind) {
        case Button.Primary: return Theme.colour.brandInk;
        case Button.Danger: return Theme.colour.dangerInk;
        default: return Theme.colour.brand;
        }
    }
    readonly property color fillColour: {
        if (!root.enabled) return root.kind === Button.Quiet ? "transparent" : Theme.colour.sunken;
        switch (root.kind) {
        case Button.Primary: return root.down ? Theme.colour.brandPressed : Theme.colour.brand;
        case Button.Danger: return root.down ? Theme.colour.dangerPressed : Theme.colour.danger;
        case Button.Plain: return root.down ? Theme.colour.sunken : Theme.colour.surface;
        default: return root.down ? Theme.colour.sunken : "transparent";
        }
    }

    implicitWidth: Math.max(root.kind === Button.Quiet ? 0 : 120, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(root.kind === Button.Quiet ? Theme.finger : Theme.touch, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: root.kind === Button.Quiet ? Theme.space.medium : Theme.space.large
    rightPadding: leftPadding
    topPadding: Theme.space.small
    bottomPadding: Theme.space.small
    font.family: Theme.family
    font.pixelSize: root.kind === Button.Quiet ? Theme.size.body : Theme.size.heading
    font.weight: Font.Bold
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.description: Spoken.of(root.enabled, "")

    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()
    Accessible.onPressAction: if (root.enabled) root.clicked()

    contentItem: Item {
        // From the text alone, unwrapped: what is shown follows the button's width, and would chase it.
        implicitWidth: Math.ceil(natural.advanceWidth) + 2 + root.symbolSpace
        implicitHeight: Math.max(words.height, root.symbolSpace > 0 ? Theme.px(22) : 0)

        TextMetrics {
            id: longest
            font: root.font
            text: root.text.split(/[\s\u2e80-\uffff]+/).reduce((most, word) => word.length > most.length ? word : most, "")
        }
        TextMetrics {
            id: natural
            font: root.font
            text: root.text
        }
        Spinner {
            visible: root.busy
            x: words.x - width - Theme.space.small
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(22)
            height: width
            colour: root.textColour
        }
        Icon {
            visible: root.symbol !== "" && !root.busy
            x: words.x - width - Theme.space.small
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(22)
            height: width
            name: root.symbol
            color: root.textColour
        }
        Text {
            id: words
            x: root.symbolSpace + (root.availableWidth - root.symbolSpace - width) / 2
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(Math.ceil(natural.advanceWidth) + 2, root.availableWidth - root.symbolSpace)
            text: root.text
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            color: root.textColour
            font: root.font
            horizontalAlignment: Text.AlignHCenter
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: root.fillColour
        border.width: root.visualFocus ? 3 : root.kind === Button.Plain ? 1 : 0
        border.color: root.visualFocus ? Theme.colour.bronze : root.enabled ? Theme.colour.brand : Theme.colour.line

        FocusRing {
            visible: root.visualFocus && (root.kind === Button.Primary || root.kind === Button.Danger)
            radius: parent.radius
            inner: root.textColour
        }
    }
}
