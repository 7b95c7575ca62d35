pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick
import Hufu.Shell

// Every colour, size and duration of the product. Nothing outside this file has a colour literal.
QtObject {
    id: root

    readonly property bool dark: Settings.dark
    readonly property bool motion: Settings.motion
    // Large, and one act a page: for eyes and hands that are not young any more.
    readonly property bool elder: Settings.elder
    readonly property real scale: Math.max(Settings.textPercent / 100, root.elder ? 1.35 : 1)
    // What stands side by side in normal type stands one below the other in large.
    readonly property bool stacked: root.scale > 1.2

    readonly property Colours colour: root.dark ? root.night : root.day

    readonly property Text probe: Text {} // its font is the application's
    readonly property string family: root.probe.font.family
    readonly property Sizes size: Sizes {
        scale: root.scale
    }
    readonly property Spaces space: Spaces {}
    readonly property int radius: 14
    readonly property int radiusSmall: 9
    readonly property int finger: root.px(48) // no target is smaller
    readonly property int touch: root.px(52)
    readonly property int columnWidth: root.px(520)

    // A company's colour: the card's top and bottom for the shield at this place on the phone. Text in cardInk stands out on each.
    function tone(place: int): color {
        return Qt.color(String(root.colour.tones[Math.max(0, place) % root.colour.tones.length]));
    }
    function toneBottom(place: int): color {
        return Qt.color(String(root.colour.toneBottoms[Math.max(0, place) % root.colour.toneBottoms.length]));
    }

    // Symbols and targets grow with the text, not as far.
    function px(base: real): int {
        return Math.round(base * Math.min(root.scale, 1.4));
    }

    // All text grows alike, and doubles at most: a heading stays larger than what it stands above.
    component Sizes: QtObject {
        id: sizes
        required property real scale
        readonly property int display: Math.round(30 * sizes.scale)
        readonly property int title: Math.round(21 * sizes.scale)
        readonly property int heading: Math.round(17 * sizes.scale)
        readonly property int body: Math.round(15 * sizes.scale)
        readonly property int small: Math.round(13 * sizes.scale)
        readonly property int tiny: Math.round(12 * sizes.scale)
    }
    component Spaces: QtObject {
        readonly property int hair: 4
        readonly property int small: 8
        readonly property int medium: 12
        readonly property int large: 16
        readonly property int page: 20
        readonly property int huge: 32
    }

    component Colours: QtObject {
        required property color ground
        required property color surface
        required property color sunken
        required property color line // between things; says nothing by itself
        required property color edge // around a control: shows where it is
        required property color ink
        required property color inkSoft
        required property color inkFaint
        required property color brand
        required property color brandPressed
        required property color brandInk
        required property color brandSoft
        required property color bronze
        required property color danger
        required property color dangerPressed
        required property color dangerInk
        required property color dangerSoft
        required property color warn
        required property color warnSoft
        required property color good
        required property color goodSoft
        required property color paper
        required property list<string> tones
        required property list<string> toneBottoms
        required property color cardInk
        required property color cardInkSoft
    }

    readonly property Colours day: Colours {
        ground: "#F5F4F0"
        surface: "#FFFFFF"
        sunken: "#ECEAE4"
        line: "#DEDBD2"
        edge: "#7F8480"
        ink: "#1A2022"
        inkSoft: "#4E585B"
        inkFaint: "#606A6C"
        brand: "#0E5F5B"
        brandPressed: "#0A4845"
        brandInk: "#FFFFFF"
        brandSoft: "#E0EEEC"
        bronze: "#93651A"
        danger: "#B3261E"
        dangerPressed: "#8C1C16"
        dangerInk: "#FFFFFF"
        dangerSoft: "#FBE7E4"
        warn: "#8A5300"
        warnSoft: "#FBF0DA"
        good: "#1E6B3A"
        goodSoft: "#E2F1E6"
        paper: "#FFFFFF"
        tones: ["#0F635F", "#33499B", "#7A2F6A", "#8E3B2C", "#4A6420", "#45566B"]
        toneBottoms: ["#0A4542", "#24346F", "#56204B", "#65291E", "#344716", "#2F3C4C"]
        cardInk: "#FFFFFF"
        cardInkSoft: "#C5DFDC"
    }
    readonly property Colours night: Colours {
        ground: "#111615"
        surface: "#1A2120"
        sunken: "#232B2A"
        line: "#33403E"
        edge: "#748480"
        ink: "#EEF2F0"
        inkSoft: "#B9C4C1"
        inkFaint: "#92A09C"
        brand: "#5CC4B8"
        brandPressed: "#86D8CE"
        brandInk: "#06211E"
        brandSoft: "#183532"
        bronze: "#DDB567"
        danger: "#FF8A7E"
        dangerPressed: "#FFB0A7"
        dangerInk: "#330703"
        dangerSoft: "#431C18"
        warn: "#F2C063"
        warnSoft: "#3B2D10"
        good: "#7ED69A"
        goodSoft: "#16351F"
        paper: "#FFFFFF"
        tones: ["#15524E", "#2C3C7E", "#632657", "#743024", "#3C511A", "#384657"]
        toneBottoms: ["#0D3330", "#1D2857", "#431A3B", "#4E2018", "#283711", "#252F3B"]
        cardInk: "#F2F7F6"
        cardInkSoft: "#A9CCC8"
    }
}
