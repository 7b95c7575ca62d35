pragma ComponentBehavior: Bound

import QtQuick

// A short state word on a tinted ground.
Rectangle {
    id: root

    property string text
    property int kind: Banner.Info
    property bool spoken: true // false: what it stands in says it

    implicitWidth: label.implicitWidth + 2 * Theme.space.small
    implicitHeight: label.implicitHeight + Theme.space.hair * 2
    radius: Math.min(height / 2, Theme.radius)
    color: root.kind === Banner.Good ? Theme.colour.goodSoft : root.kind === Banner.Warn ? Theme.colour.warnSoft
         : root.kind === Banner.Danger ? Theme.colour.dangerSoft : Theme.colour.brandSoft

    Label {
        id: label
        anchors.centerIn: parent
        role: Label.Tiny
        strong: true
        wrapMode: Text.NoWrap
        text: root.text
        Accessible.ignored: !root.spoken
        color: root.kind === Banner.Good ? Theme.colour.good : root.kind === Banner.Warn ? Theme.colour.warn
             : root.kind === Banner.Danger ? Theme.colour.danger : Theme.colour.brand
    }
}
