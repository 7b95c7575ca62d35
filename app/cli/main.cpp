// hufu: all of the product on one machine, the whole journey without a display, and checks of what it made.
#include "app/cli/words.h"

#include <QGuiApplication>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string_view>

static int help(int exitCode)
{
    std::fputs("hufu <word> [options]\n"
               "\n"
               "  sim     [--data DIR] [--panel]       server, desk and phone side by side, with a company that is ready\n"
               "  demo    [--out DIR] [--input FILE]   the whole journey without a display; report and proofs in DIR\n"
               "  sheet   [--out DIR]                  every screen of the phone on one picture, and each alone\n"
               "  script  run FILE [--junit FILE] [--shots DIR]   a tester's script, without a display\n"
               "  script  record FILE [--start phone|active|ready]   what is done at the windows, as a script\n"
               "  emulator serve [--data DIR] [--port N] [--windows]   virtual phones for other programs, over HTTP on this machine\n"
               "  state   save NAME | load NAME | list [--data DIR]    of a simulation, server and phones together\n"
               "  reset   [--data DIR]                 a simulation begins from nothing\n"
               "  verify  FILE SIGNATURE --trust ROOT [--chain CERT]... [--certificate CERT] [--manifest FILE]\n"
               "          [--crl FILE]... [--json]     who signed FILE, when, and whether it holds\n"
               "  verify  ENVELOPE --trust ROOT ...    the same of a bid envelope, which need not be opened for it, or of a\n"
               "                                       signature that has its content inside\n"
               "  verify  PDF --trust ROOT ...         each of its signatures and seals, and what was added behind it\n"
               "  verify  audit FILE [--kept SM3] [--json]   the console's audit log: whether a line was changed, removed, moved or\n"
               "                                       cut off since; --kept: the hash of a record that you have kept\n"
               "  verify  record RECORD [SIGNED-FILE]... [--trust ROOT --chain CERT] [--json]   one act as a phone saves it from its records\n"
               "  verify  evidence FILE [--desk ID | --phone ID] [--log FILE] [--json]   what a desk or a phone saw of one act, and whether it is as that\n"
               "                                       one saved it; --log: whose phone it is, by the console's audit log\n"
               "  verify  confirmation FILE --trust ROOT [--json]   what was confirmed at the console, and by whom\n"
               "  verify  receipt RECEIPT [FILE] [--key HEX] [--json]   a portal's receipt, and whether it is this FILE's\n"
               "  inspect FILE | TEXT [--json]         what a file or the text of a QR code is\n"
               "  seal    FILE --to CERT...            FILE into an envelope that the holders of these certificates can open\n"
               "  open    ENVELOPE --key KEY           an envelope into its file again\n"
               "  scan    [--fresh] PICTURE...         the text of the code in each picture, or why it is no code of ours; --fresh\n"
               "                                       refuses what a phone would find too old\n"
               "\n"
               "ROOT, CERT: certificates, PEM or DER. KEY: an SM2 key without a passphrase, PEM, for tests.\n"
               "hufu <word> --help: all that goes with one word.\n"
               "Exit: 0 good, 1 not so, 2 wrong words, 3 a file that cannot be read.\n",
               exitCode == 0 ? stdout : stderr);
    return exitCode;
}

int main(int argc, char *argv[])
{
    // The demo draws a seal and a document, for which Qt's fonts need an application with windows, if only in memory.
    const std::string_view first = argc > 1 ? argv[1] : "";
    const bool draws = first == "demo";
    const bool showsPhones = std::find(argv, argv + argc, std::string_view("--windows")) != argv + argc;
    // Whoever records by hand has to see what they do.
    const bool isByHand = first == "script" && argc > 2 && std::string_view(argv[2]) == "record" && std::find(argv, argv + argc, std::string_view("--by")) == argv + argc;
    if (draws || (first == "script" && !isByHand) || (first == "emulator" && !showsPhones)) {
        // The same on every machine; on a real display the phone would see the desk by itself, ahead of the script.
        qputenv("QT_QPA_PLATFORM", "offscreen");
        qputenv("QT_QUICK_BACKEND", "software");
    }
    const std::unique_ptr<QCoreApplication> application = draws ? std::make_unique<QGuiApplication>(argc, argv) : std::make_unique<QCoreApplication>(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("hufu"));
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    const QString word = arguments.value(0);
    const QStringList rest = arguments.mid(1);

    if (word == QLatin1String("sim")) return hufu::cli::sim(rest);
    if (word == QLatin1String("demo")) return hufu::cli::demo(rest);
    if (word == QLatin1String("sheet")) return hufu::cli::sheet(rest);
    if (word == QLatin1String("script")) return hufu::cli::script(rest);
    if (word == QLatin1String("emulator")) return hufu::cli::emulator(rest);
    if (word == QLatin1String("state")) return hufu::cli::state(rest);
    if (word == QLatin1String("reset")) return hufu::cli::reset(rest);
    if (word == QLatin1String("verify")) return hufu::cli::verify(rest);
    if (word == QLatin1String("inspect")) return hufu::cli::inspect(rest);
    if (word == QLatin1String("seal")) return hufu::cli::seal(rest);
    if (word == QLatin1String("open")) return hufu::cli::open(rest);
    if (word == QLatin1String("scan")) return hufu::cli::scan(rest);
    if (word == QLatin1String("help") || word == QLatin1String("--help") || word == QLatin1String("-h")) return help(hufu::cli::kGood);
    if (!word.isEmpty()) std::fprintf(stderr, "%s：没有这个命令 / there is no such word\n", qUtf8Printable(word));
    return help(hufu::cli::kUsage);
}
