pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts // qmllint disable unused-imports

// Text in one of the roles of the type scale.
Text {
    id: root

    enum Role { Display, Title, Heading, Body, Small, Tiny }
    property int role: Label.Body
    property bool soft: false
    property bool strong: root.role === Label.Display || root.role === Label.Title || root.role === Label.Heading
    // May end in dots: only where the whole text stands one press away.
    property bool elides: false

    color: root.soft ? Theme.colour.inkSoft : Theme.colour.ink
    font.family: Theme.family
    font.weight: root.strong ? Font.Bold : Font.Normal
    font.pixelSize: {
        switch (root.role) {
        case Label.Display: return Theme.size.display;
        case Label.Title: return Theme.size.title;
        case Label.Heading: return Theme.size.heading;
        case Label.Small: return Theme.size.small;
        case Label.Tiny: return Theme.size.tiny;
        default: return Theme.size.body;
        }
    }
    lineHeight: root.role === Label.Body || root.role === Label.Small ? 1.25 : 1.1
    wrapMode: root.elides ? Text.NoWrap : Text.Wrap
    elide: root.elides ? Text.ElideRight : Text.ElideNone
    textFormat: Text.PlainText
    // A text that wraps anew while the layouts around it are being arranged has another height, of which Qt 6.4 does not tell the inner
    // ones: the text would keep its place of before. Once they are done they are told, at most once for a width.
    property real toldAt: -1
    function tell() {
        if (root.wrapMode === Text.NoWrap || root.width === root.toldAt || Math.abs(root.height - root.implicitHeight) <= 1) return;
        root.toldAt = root.width;
        root.Layout.minimumHeight = root.Layout.minimumHeight > 0 ? 0 : 0.01;
    }
    onImplicitHeightChanged: Qt.callLater(root.tell) // qmllint disable type

    // Read aloud, unless the control that it stands in says it already.
    Accessible.role: Accessible.StaticText
    Accessible.name: root.text
}
