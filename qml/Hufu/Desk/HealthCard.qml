pragma ComponentBehavior: Bound

import QtQuick
import Hufu.Controls
import Hufu.DeskModels
import Hufu.Shell

// Would an act go through now: the server, this computer's clock, for whom it is enrolled, who logged in last.
Card {
    id: root

    required property StatusModel model
    readonly property bool away: root.model.serverStanding === StatusModel.Bad
    readonly property bool wrong: root.model.clockStanding === StatusModel.Bad
    readonly property int clockSkewed: 505 // of the catalogue

    spacing: Theme.space.hair

    ListRow {
        objectName: "healthServer"
        enabled: root.away
        arrow: root.away
        symbol: root.away ? "alert" : root.model.serverStanding === StatusModel.Good ? "check" : "clock"
        symbolColour: root.away ? Theme.colour.danger : root.model.serverStanding === StatusModel.Good ? Theme.colour.good : Theme.colour.inkSoft
        text: qsTr("Server %1").arg(root.model.server)
        detail: root.away ? Catalogue.title(root.model.problem, Language.name)
              : root.model.serverStanding === StatusModel.Good ? qsTr("Answers after %1 ms").arg(root.model.tookMs) : qsTr("Looking…")
        condition: root.away ? Catalogue.name(root.model.problem) : ""
        conditionKind: Banner.Danger
        onClicked: Explain.open(root.model.problem)
    }
    ListRow {
        objectName: "healthClock"
        enabled: root.wrong
        arrow: root.wrong
        symbol: root.wrong ? "alert" : root.model.clockStanding === StatusModel.Good ? "check" : "clock"
        symbolColour: root.wrong ? Theme.colour.danger : root.model.clockStanding === StatusModel.Good ? Theme.colour.good : Theme.colour.inkSoft
        text: qsTr("This computer's clock")
        detail: root.model.clockStanding === StatusModel.NotKnown ? qsTr("Not known")
              : Words.clock(root.model.aheadSeconds) + (root.wrong ? "\n" + qsTr("Nothing can be done until it is right: turn on automatic time.") : "")
        condition: root.wrong ? Catalogue.name(root.clockSkewed) : ""
        conditionKind: Banner.Danger
        onClicked: Explain.open(root.clockSkewed)
    }
    ListRow {
        objectName: "healthPeople"
        visible: root.model.enrolled
        enabled: false
        arrow: false
        symbol: "desk"
        symbolColour: Theme.colour.inkSoft
        text: qsTr("Enrolled for")
        detail: root.model.people.length > 0 ? Array.from(root.model.people).join("\n") : qsTr("Not known")
    }
    ListRow {
        objectName: "healthLogin"
        visible: root.model.enrolled
        enabled: false
        arrow: false
        symbol: "person"
        symbolColour: Theme.colour.inkSoft
        text: qsTr("Last log-in from this window")
        detail: root.model.lastPerson !== "" ? root.model.lastPerson + "  " + Words.minute(root.model.lastLogin) : qsTr("Nobody yet")
    }
}
