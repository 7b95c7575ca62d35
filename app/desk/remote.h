// What a tester's script may ask of the desk besides the common words: to begin an act, and how it stands.
//   {"do":"enrol","name":N}  {"do":"login"}  {"do":"sign","file":F,"form":"bare"|"cms"|"cms-gmt","inside":B,"out":O}
//   {"do":"open","file":F,"out":O}  {"do":"openBids","files":[F,...],"out":FOLDER}
//   {"do":"composeBid","files":[F,...]}  the page on which a bid is put together
//   {"do":"addToBid","files":[F,...]}  what its dialog would add
//   {"do":"openForSite","files":[F,...]}  what the dialog would choose that a site has asked for
//   {"do":"site"} -> {"port","question":"none"|"access"|"open","origin"}
//   {"do":"task"} ->
//   {"state":"idle"|"starting"|"showing"|"claimed"|"done"|"failed","code","deskId","enrolled","manifest",
//                     "signature","signer","out","bids":[{"envelope","out","problem"}]}
#pragma once

#include "app/control/control.h"
#include "app/desk/composition.h"

namespace hufu::desk_app {

void teachDeskWords(control::Control &control, Composition &composition);

} // namespace hufu::desk_app
