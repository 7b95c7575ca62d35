pragma ComponentBehavior: Bound

import QtQuick
import Hufu.Controls

// A remark that must be seen: a symbol, a title, and a sentence.
Rectangle {
    id: root

    enum Kind { Info, Good, Warn, Danger }
    property int kind: Banner.Info
    property string title
    property string text
    property string symbol: root.kind === Banner.Good ? "check" : root.kind === Banner.Info ? "info" : "alert"
    default property alias more: words.data
    readonly property alias room: words.width // for what stands below the sentence

    readonly property color tone: {
        switch (root.kind) {
        case Banner.Good: return Theme.colour.good;
        case Banner.Warn: return Theme.colour.warn;
        case Banner.Danger: return Theme.colour.danger;
        default: return Theme.colour.brand;
        }
    }

    implicitHeight: words.height + 2 * Theme.space.medium
    radius: Theme.radiusSmall
    color: {
        switch (root.kind) {
        case Banner.Good: return Theme.colour.goodSoft;
        case Banner.Warn: return Theme.colour.warnSoft;
        case Banner.Danger: return Theme.colour.dangerSoft;
        default: return Theme.colour.brandSoft;
        }
    }
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.title + " " + root.text

    Icon {
        x: Theme.space.medium
        y: Theme.space.medium
        width: Theme.px(22)
        height: width
        name: root.symbol
        color: root.tone
    }
    Column {
        id: words
        x: 2 * Theme.space.medium + Theme.px(22)
        y: Theme.space.medium
        width: root.width - x - Theme.space.medium
        spacing: 2

        Label {
            visible: root.title !== ""
            width: words.width
            text: root.title
            Accessible.ignored: true
            strong: true
            color: root.tone
        }
        Label {
            visible: root.text !== ""
            width: words.width
            role: Label.Small
            text: root.text
            Accessible.ignored: true
        }
    }
}
