pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Hufu.Controls
import Hufu.DeskModels
import Hufu.Shell

// How the desk looks, speaks and starts, and where results go. Everything takes effect at once and is kept.
PageFrame {
    id: root

    required property SettingsModel model
    required property int sites // that are allowed
    signal sitesAsked()
    readonly property list<string> languages: ["zh_CN", "en"]
    readonly property list<int> percents: [100, 150, 200]

    title: qsTr("Settings")
    backVisible: true
    onBack: root.model.close()

    Card {
        Layout.fillWidth: true
        spacing: Theme.space.large

        Choice {
            objectName: "settingsLanguage"
            Layout.fillWidth: true
            caption: qsTr("Language")
            options: ["简体中文", "English"]
            current: root.languages.indexOf(Language.name)
            onChosen: index => Language.choose(root.languages[index])
        }
        Line {}
        Choice {
            objectName: "settingsAppearance"
            Layout.fillWidth: true
            caption: qsTr("Appearance")
            options: [qsTr("As the system"), qsTr("Light"), qsTr("Dark")]
            current: Settings.appearance
            onChosen: index => Settings.appearance = index
        }
        Line {}
        Choice {
            objectName: "settingsText"
            Layout.fillWidth: true
            caption: qsTr("Size of the text")
            options: [qsTr("Normal"), qsTr("Large"), qsTr("Very large")]
            current: Settings.textPercent > 150 ? 2 : Settings.textPercent > 100 ? 1 : 0
            onChosen: index => Settings.textPercent = root.percents[index]
        }
        Line {}
        Switch {
            objectName: "settingsMotion"
            Layout.fillWidth: true
            text: qsTr("Animations")
            explanation: qsTr("Off: pages change at once and nothing turns.")
            checked: Settings.motion
            onToggled: Settings.motion = checked
        }
    }
    Card {
        Layout.fillWidth: true

        Label {
            Layout.fillWidth: true
            role: Label.Heading
            text: qsTr("Where results go")
        }
        Label {
            objectName: "settingsFolder"
            Layout.fillWidth: true
            wrapMode: Text.WrapAnywhere
            text: root.model.folder === "" ? qsTr("Beside the file that they come of") : root.model.folder
        }
        Banner {
            objectName: "settingsFolderGone"
            visible: !root.model.folderThere
            Layout.fillWidth: true
            kind: Banner.Warn
            title: qsTr("This folder is not there")
            text: qsTr("Until it is, results go beside the file that they come of.")
        }
        Button {
            objectName: "settingsChooseFolder"
            Layout.fillWidth: true
            kind: Button.Plain
            text: qsTr("Choose a folder")
            onClicked: dialog.open()
        }
        Button {
            objectName: "settingsBeside"
            visible: root.model.folder !== ""
            Layout.fillWidth: true
            kind: Button.Quiet
            text: qsTr("Beside each file again")
            onClicked: root.model.besideEach()
        }
    }
    Card {
        Layout.fillWidth: true
        spacing: Theme.space.large

        Choice {
            objectName: "settingsSignature"
            Layout.fillWidth: true
            caption: qsTr("Standard of signature files (.p7s)")
            options: [qsTr("GM/T 0010"), qsTr("PKCS #7, for other software")]
            current: root.model.pkcs7 ? 1 : 0
            onChosen: index => root.model.pkcs7 = index === 1
        }
        Line {}
        Switch {
            objectName: "settingsInside"
            Layout.fillWidth: true
            text: qsTr("Put the file into its signature file")
            explanation: qsTr("One file holds both then, up to 15 MiB. Off: the signature lies beside the file.")
            checked: root.model.contentInside
            onToggled: root.model.contentInside = checked
        }
    }
    Card {
        Layout.fillWidth: true

        Switch {
            objectName: "settingsAutostart"
            Layout.fillWidth: true
            text: qsTr("Start with the computer")
            explanation: qsTr("Hufu then waits in the corner of the screen, so that web pages and you find it there.")
            checked: root.model.autostart
            onToggled: root.model.startWithSession(checked)
        }
        Line {}
        ListRow {
            objectName: "settingsSites"
            symbol: "link"
            text: qsTr("Sites that may use this computer")
            detail: root.sites > 0 ? qsTr("%n allowed", "", root.sites) : qsTr("None is allowed")
            onClicked: root.sitesAsked()
        }
    }
    Label {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        role: Label.Tiny
        soft: true
        text: qsTr("Hufu %1").arg(Settings.version)
    }

    FolderDialog {
        id: dialog
        acceptLabel: qsTr("Choose this folder")
        onAccepted: root.model.choose(dialog.selectedFolder)
    }
}
