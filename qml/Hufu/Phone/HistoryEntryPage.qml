pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels
import Hufu.Shell

// One record, with everything that the phone keeps of it.
PageFrame {
    id: root

    required property HistoryModel model
    readonly property historyView entry: root.model.entry

    title: Wording.request(root.entry.act)
    backVisible: true
    onBack: root.model.close()

    Banner {
        Layout.fillWidth: true
        kind: root.entry.approved ? Banner.Good : Banner.Danger
        symbol: root.entry.approved ? "check" : "cross"
        title: root.entry.approved ? Wording.done(root.entry.act) : root.entry.code !== 0 ? Catalogue.title(root.entry.code, Language.name) : qsTr("Refused by you")
        text: root.entry.approved ? "" : root.entry.code !== 0 ? Catalogue.cause(root.entry.code, Language.name) : qsTr("Nothing was signed.")
    }
    Button {
        objectName: "entryExplain"
        visible: root.entry.code !== 0
        Layout.fillWidth: true
        kind: Button.Plain
        symbol: "help"
        text: qsTr("%1: what to do").arg(Catalogue.name(root.entry.code))
        onClicked: Explain.open(root.entry.code)
    }
    Card {
        Layout.fillWidth: true

        Fact {
            name: qsTr("When")
            value: Wording.moment(root.entry.at)
        }
        Fact {
            name: root.entry.act === "activation" ? qsTr("Company") : qsTr("Platform")
            value: root.entry.platform
        }
        Fact {
            name: root.entry.act === "activation" ? qsTr("Person") : qsTr("First file")
            value: root.entry.summary
        }
    }
    Label {
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: qsTr("The phone keeps these lines. Every file's digest and the computer stand in the signature and in the server's log.")
    }
}
