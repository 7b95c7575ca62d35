pragma ComponentBehavior: Bound

import QtQuick

// A failure of this page, with its code, where the page goes on.
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
    text: root.problem.cause + "  (" + root.problem.name + ")"
}
