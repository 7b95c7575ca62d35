import QtQuick

// A title none of whose words is broken: where the largest type leaves a long one no line on a narrow phone, all of it is drawn as
// large as the line lets that word.
Label {
    id: root

    readonly property int fullSize: root.role === Label.Display ? Theme.size.display : Theme.size.title
    readonly property string longest: (root.text.match(/[A-Za-z]+/g) ?? []).reduce((most, word) => word.length > most.length ? word : most, "")
    readonly property real needed: natural.advanceWidth + 2

    TextMetrics {
        id: natural
        font.family: Theme.family
        font.weight: Font.Bold
        font.pixelSize: root.fullSize
        text: root.longest
    }
    role: Label.Title
    font.pixelSize: root.width > 0 && root.needed > root.width ? Math.floor(root.fullSize * root.width / root.needed) : root.fullSize
}
