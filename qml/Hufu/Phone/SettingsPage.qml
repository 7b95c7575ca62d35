pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Hufu.Controls
import Hufu.PhoneModels
import Hufu.Shell

// How the phone looks and speaks. Everything takes effect at once and is kept.
PageFrame {
    id: root

    required property AsideModel model
    readonly property list<string> languages: ["zh_CN", "en"]
    readonly property list<int> percents: [100, 150, 200]

    title: qsTr("Settings")
    backVisible: true
    onBack: root.model.close()

    Card {
        Layout.fillWidth: true

        Choice {
            objectName: "settingsLanguage"
            Layout.fillWidth: true
            caption: qsTr("Language")
            options: ["简体中文", "English"]
            current: root.languages.indexOf(Language.name)
            onChosen: index => Language.choose(root.languages[index])
        }
    }
    Card {
        Layout.fillWidth: true
        spacing: Theme.space.large

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
            objectName: "settingsElder"
            Layout.fillWidth: true
            text: qsTr("Simple mode")
            explanation: qsTr("Large type and keys, and one thing to do on each page.")
            checked: Settings.elder
            onToggled: Settings.elder = checked
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
        spacing: Theme.space.large

        Switch {
            objectName: "settingsShuffled"
            Layout.fillWidth: true
            text: qsTr("Digits in another order each time")
            explanation: qsTr("On the PIN pad, against those who look on. A keyboard works as ever.")
            checked: Settings.shuffled
            onToggled: Settings.shuffled = checked
        }
        Line {}
        Switch {
            objectName: "settingsSpoken"
            Layout.fillWidth: true
            text: qsTr("Speak the digits")
            explanation: qsTr("A screen reader names the keys of the PIN pad: put on headphones. Off: it says where a key stands, as on a telephone.")
            checked: Settings.spokenDigits
            onToggled: Settings.spokenDigits = checked
        }
    }
    Label {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        role: Label.Tiny
        soft: true
        text: qsTr("Hufu %1").arg(Settings.version)
    }
}
