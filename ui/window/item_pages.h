#pragma once

// The pages that pose items. One table says which page poses which kind; a page is made and wired
// to the tutor when its first item comes.

#include <functional>
#include <map>

#include "primer/app/tutor.h"

namespace primer::ui {

class ItemPage;

class ItemPages {
 public:
  // `welcome` is told of every page that was made, to give it its place and wire what is the
  // window's. The tutor must outlive the pages.
  ItemPages(app::Tutor& tutor, std::function<void(ItemPage*)> welcome);

  ItemPage* need(app::ItemKind kind);
  ItemPage* made(app::ItemKind kind) const;  // null where it has not been needed yet

 private:
  app::Tutor& tutor_;
  std::function<void(ItemPage*)> welcome_;
  std::map<app::ItemKind, ItemPage*> pages_;
};

}  // namespace primer::ui
