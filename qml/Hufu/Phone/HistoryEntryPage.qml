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
    readonly property bool kept: root.entry.shown.platformName !== "" // its manifest is

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
    Banner {
        objectName: "entryCompared"
        visible: root.entry.session !== ""
        Layout.fillWidth: true
        kind: root.entry.compared === HistoryModel.Same ? Banner.Good : Wording.isOff(root.entry.compared) ? Banner.Danger : Banner.Info
        title: Wording.compared(root.entry.compared)
        text: {
            switch (root.entry.compared) {
            case HistoryModel.Same: return qsTr("Session, manifest and end are the same in its record.");
            case HistoryModel.Differs: return qsTr("Its record names another manifest, or another end. Note the number below and ask the support.");
            case HistoryModel.Missing: return qsTr("Its records have no such session: it may have been set back to a backup. Note the number below and ask the support.");
            default: return qsTr("It is compared as soon as the server is reached.");
            }
        }
    }
    Card {
        Layout.fillWidth: true

        Fact {
            name: qsTr("When")
            value: Wording.moment(root.entry.at)
        }
        Fact {
            name: root.entry.act === "activation" ? qsTr("Company") : qsTr("Platform")
            value: root.kept ? "" : root.entry.platform
        }
        Fact {
            name: root.entry.act === "activation" ? qsTr("Person") : qsTr("First file")
            value: root.entry.files.length === 0 && !Wording.isOwn(root.entry.act) ? root.entry.summary : ""
        }
        Fact {
            name: qsTr("Project")
            value: root.kept ? "" : root.entry.project
        }
        Fact {
            name: qsTr("Computer")
            value: root.entry.desk
        }
        Fact {
            objectName: "entryNetwork"
            name: qsTr("Network")
            value: root.entry.shown.network
        }
        Fact {
            name: qsTr("Certificate")
            value: Wording.grouped(root.entry.certificate)
            fixed: true
        }
        Fact {
            name: qsTr("Session")
            value: Wording.grouped(root.entry.session)
            fixed: true
        }
        Fact {
            name: qsTr("SM3 of the manifest")
            value: Wording.grouped(root.entry.manifest)
            fixed: true
        }
    }
    // As it was read when it was approved.
    RequestFacts {
        objectName: "entryShown"
        visible: root.kept
        Layout.fillWidth: true
        request: root.entry.shown
    }
    Repeater {
        model: root.entry.files

        Card {
            id: file
            required property fileView modelData
            required property int index
            objectName: "entryFile" + file.index
            Layout.fillWidth: true

            Fact {
                name: root.entry.act === "confirm" ? qsTr("What you confirm") : qsTr("File")
                value: Wording.isOwn(root.entry.act) ? "" : file.modelData.name
            }
            Fact {
                objectName: "entryFileSize"
                name: qsTr("Size")
                value: Wording.fileSize(root.entry.act, file.modelData)
            }
            Repeater {
                model: file.modelData.seals

                SealUse {
                    required property sealUseView modelData
                    objectName: "entrySeal"
                    Layout.fillWidth: true
                    seal: modelData
                }
            }
            Fact {
                objectName: "entryFileDigest"
                name: Wording.digest(root.entry.act)
                value: Wording.grouped(file.modelData.sm3)
                fixed: true
            }
        }
    }
    Label {
        objectName: "entryShortened"
        visible: root.entry.shortened
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: qsTr("The list of its files is not kept on this phone any more, and so it cannot be saved for others to check: the newest ones take its room. Your company's log in the console has the act.")
    }
    Label {
        visible: root.entry.session === ""
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: qsTr("Of this the phone keeps these lines alone, and no session of the server belongs to it.")
    }
    Label {
        visible: root.entry.provable
        Layout.fillWidth: true
        role: Label.Small
        soft: true
        text: qsTr("Saved, it holds what was shown, what was signed and the certificate. Anybody can check it with “hufu verify record FILE”, and the number of the manifest in your company's log in the console.")
    }
    Banner {
        objectName: "entrySaved"
        visible: root.model.savedAs !== ""
        Layout.fillWidth: true
        kind: Banner.Good
        title: qsTr("Saved")
        text: root.model.savedAs
    }
    ProblemBanner {
        Layout.fillWidth: true
        code: root.model.problem
    }

    foot: Button {
        objectName: "entrySave"
        Layout.fillWidth: true
        visible: root.entry.provable
        kind: Button.Plain
        symbol: "export"
        text: qsTr("Save this record")
        onClicked: root.model.saveEntry()
    }
}
