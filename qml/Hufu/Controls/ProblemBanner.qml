pragma ComponentBehavior: Bound

import QtQuick

// A failure of this page, with its code, where the page goes on; the rest of its entry is one press away.
Banner {
    id: root

    property int code: 0
    readonly property Problem problem: Problem {
        code: root.code
    }

    objectName: "problem"
    visible: root.code !== 0
    kind: Banner.Danger
    title: root.problem.title
    text: root.problem.cause

    Button {
        objectName: "problemExplain"
        x: -Theme.space.medium
        width: Math.min(implicitWidth, root.room + Theme.space.medium)
        kind: Button.Quiet
        text: qsTr("%1: what to do").arg(root.problem.name)
        onClicked: Explain.open(root.code)
    }
}
