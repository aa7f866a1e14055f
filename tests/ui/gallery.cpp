#include "gallery.h"

#include <fmt/format.h>

namespace gallery {
namespace {

using namespace ui;

std::string w(bool chinese, const char* zh, const char* en) { return chinese ? zh : en; }

void bar(Ui& ui, bool zh) {
  draw_bar(ui, std::vector<Card>{{.id = "back", .label = w(zh, "退一步", "Back"), .picture = drawn("arrow_left")},
                                 {.id = "home", .label = w(zh, "从头来", "Home"), .picture = emoji("🏠")},
                                 {.id = "say_again", .label = w(zh, "再说", "Again"), .picture = emoji("🔊")},
                                 {.id = "call_staff", .label = w(zh, "找小王", "Wang"), .picture = emoji("👩")}});
}

std::vector<Card> home_cards(bool zh) {
  return {
      {.id = "go:help", .label = w(zh, "要帮忙", "Help me"), .picture = emoji("🙋"), .tint = Tint::hardship},
      {.id = "go:whats_on", .label = w(zh, "今儿有啥", "What's on"), .leaf = Leaf{"十月", "十六", "逢集", true}},
      {.id = "go:booking", .label = w(zh, "约检查", "Check"), .picture = emoji("🏥"), .tint = Tint::woman},
      {.id = "go:child", .label = w(zh, "娃到了", "Child's in"), .picture = emoji("🎒"), .tint = Tint::child},
      {.id = "go:mine", .label = w(zh, "我的", "Mine"), .picture = emoji("👛")},
      {.id = "urgent",
       .label = w(zh, "急事", "Urgent"),
       .picture = emoji("🚨"),
       .tint = Tint::urgent,
       .filled = true}};
}

void home(Ui& ui, bool zh) {
  ui.header(w(zh, "暖站", "Nuanzhan"), w(zh, "双塔村幸福院", "Shuangta"),
            w(zh, "今儿逢集 9:05", "Market day 9:05"));
  Rect area = ui.reach();
  const Card hero{
      .id = "go:check_in", .label = w(zh, "我来了", "I'm here"), .picture = emoji("👋"), .tint = Tint::elder};
  if (ui.portrait()) {
    Rect top = ui.body();
    const float em = ui.em(Type::title);
    ui.text({top.x, (ui.reach().y + top.y) / 2 - em, top.w, em * 2},
            w(zh, "您好，点一张图", "Hello, tap a picture"),
            {.type = Type::title, .align = Align::centre, .centre_v = true});
    ui.card(area.cut_top(74, ui.gap()), hero);
    const auto cells = grid(area, 2, 3, ui.gap());
    const auto cards = home_cards(zh);
    for (std::size_t i = 0; i < cards.size(); ++i) ui.card(cells[i], cards[i]);
  } else {
    const float column = (area.w - 3 * ui.gap()) / 4;
    ui.card(area.cut_left(column, ui.gap()), hero);
    const auto cells = grid(area, 3, 2, ui.gap());
    const auto cards = home_cards(zh);
    for (std::size_t i = 0; i < cards.size(); ++i) ui.card(cells[i], cards[i]);
  }
  draw_bar(ui, std::vector<Card>{{.id = "say_again", .label = w(zh, "再说", "Again"), .picture = emoji("🔊")},
                                 {.id = "bigger", .label = w(zh, "字大点", "Big"), .picture = drawn("big")},
                                 {.id = "call_staff", .label = w(zh, "找小王", "Wang"), .picture = emoji("👩")}});
}

void faces(Ui& ui, bool zh) {
  ui.title(w(zh, "哪个是您？", "Which is you?"), emoji("🌳"));
  Rect area = ui.reach();
  const float arrow = ui.compact() ? 20 : 30;
  Rect left = area.cut_left(arrow, ui.gap()), right = area.cut_right(arrow, ui.gap());
  ui.button(left, {.id = "page_previous", .label = {}, .picture = drawn("arrow_left"), .main = false});
  ui.button(right, {.id = "page_next", .label = {}, .picture = drawn("arrow_right"), .main = false});
  ui.page_dots({ui.glass().w / 2 - 20, ui.body().y - 14, 40, 8}, 0, 3);
  const int columns = ui.portrait() ? 3 : 4, rows = ui.portrait() ? 4 : 2;
  const auto cells = grid(area, columns, rows, ui.gap());
  const char* names[] = {"王秀兰", "李桂芳", "张建国", "马德福", "陈玉珍", "刘春生",
                         "杨小娥", "赵满仓", "孙改花", "周有才", "吴腊梅", "欧阳长庚"};
  for (std::size_t i = 0; i < cells.size(); ++i)
    ui.face(cells[i], {.id = fmt::format("person:{}", i),
                       .name = names[i],
                       .picture = {.portrait = fmt::format("v1:{}:{}:{}", names[i], i % 2 ? "m" : "f", 58 + 3 * i)},
                       .tint = Tint::elder,
                       .state = i == 2 ? State::selected : State::normal});
  bar(ui, zh);
}

void days(Ui& ui, bool zh) {
  ui.title(w(zh, "哪天来？", "Which day?"), emoji("🎀"));
  const auto cells = grid(ui.reach(), ui.portrait() ? 2 : 3, ui.portrait() ? 3 : 2, ui.gap());
  const char* labels[] = {"明儿", "后儿", "大后儿", "星期六", "星期天", "星期一"};
  const char* english[] = {"Tomorrow", "Day after", "Thursday", "Saturday", "Sunday", "Monday"};
  const char* lunar[] = {"十七", "十八", "十九", "二十", "廿一", "廿二"};
  for (int i = 0; i < 6; ++i) {
    Card card{.id = fmt::format("day:2026-11-{}", 25 + i),
              .label = zh ? labels[i] : english[i],
              .sub = fmt::format("11月{}日", 25 + i),
              .tint = Tint::woman,
              .reason = w(zh, "满了，能排队", "Full, wait list"),
              .dots_filled = (i * 2 + 3) % 6,
              .dots_total = 5};
    if (i == 2) card.state = State::full;
    ui.day_card(cells[static_cast<std::size_t>(i)], card, {"十月", lunar[i], i == 1 ? "逢集" : "", i == 1});
  }
  bar(ui, zh);
}

void receipt(Ui& ui, bool zh) {
  Rect area = ui.page();
  Rect buttons = area.cut_bottom(30, ui.gap());
  ui.panel(area, Tint::hardship);
  Rect inside = area.inset(ui.compact() ? 5 : 9);
  const float side = std::min(inside.h, inside.w * 0.36f);
  const Rect photo = inside.cut_left(side, ui.compact() ? 6 : 12).centred(side, side);
  ui.photo(photo, {.portrait = "v1:王秀兰:f:78"}, Tint::hardship);
  ui.tick({photo.right() - 13, std::max(area.y + 1, photo.y - 5), 18, 18});
  Rect words =
      inside.centred(inside.w, ui.em(Type::title) * 1.2f + ui.line(Type::name) + 2 * ui.line(Type::sentence));
  ui.text(words.cut_top(ui.em(Type::title) * 1.2f), w(zh, "王奶奶，来了", "Granny Wang, here"),
          {.type = Type::title, .tint = Tint::hardship});
  ui.text(words.cut_top(ui.line(Type::name)), w(zh, "九点零五", "Five past nine"),
          {.type = Type::name, .tint = Tint::hardship});
  ui.text(words, w(zh, "今儿晌午：臊子面", "Today: noodles"),
          {.type = Type::sentence, .second = true, .tint = Tint::hardship});
  const auto two = grid(buttons, 2, 1, ui.gap());
  ui.button(two[0], {.id = "undo", .label = w(zh, "按错了", "Wrong one"), .picture = drawn("undo")});
  ui.button(two[1], {.id = "done",
                     .label = w(zh, "好了", "Done"),
                     .picture = drawn("tick"),
                     .tint = Tint::hardship,
                     .filled = true});
  bar(ui, zh);
}

void secret(Ui& ui, bool zh) {
  ui.title(w(zh, "点您的三张图", "Your pictures"));
  Rect area = ui.reach();
  const char* pictures[] = {"🐔", "🐄", "🐟", "🍎", "🌽", "🌷", "🌙", "🚲", "🧢", "🔔", "🏮", "🫖"};
  const char* names[] = {"鸡", "牛", "鱼", "苹果", "玉米", "花", "月亮", "车子", "帽子", "铃", "灯笼", "茶壶"};
  const char* english[] = {"hen",  "cow",     "fish", "apple", "corn",    "flower",
                           "moon", "bicycle", "cap",  "bell",  "lantern", "teapot"};
  Rect top = ui.compact() ? Rect{ui.glass().w * 0.5f, 3, ui.glass().w * 0.5f - ui.margin(), 17}
                          : area.cut_top(26, ui.gap());
  std::vector<Picture> chosen{emoji("🐔"), emoji("🌽")};
  if (!ui.compact())
    ui.button(top.cut_right(60, ui.gap()),
              {.id = "key:erase", .label = w(zh, "擦掉", "Rub out"), .picture = drawn("erase"), .main = false});
  ui.slots(top, chosen, 3);
  const bool six = area.h < 4 * 30;
  const auto cells = grid(six && ui.compact() ? ui.wide(area) : area, six ? 6 : 4, six ? 2 : 3, ui.gap());
  for (std::size_t i = 0; i < 12; ++i)
    ui.card(cells[i], {.id = fmt::format("picture:{}", english[i]),
                       .label = zh ? names[i] : english[i],
                       .picture = emoji(pictures[i]),
                       .state = i == 0 || i == 4 ? State::selected : State::normal});
  bar(ui, zh);
}

void states(Ui& ui, bool zh) {
  ui.title(w(zh, "要帮啥忙？", "What help?"));
  const auto cells = grid(ui.reach(), ui.portrait() ? 2 : 4, ui.portrait() ? 4 : 2, ui.gap());
  ui.card(cells[0],
          {.id = "a", .label = w(zh, "送饭", "Meals"), .picture = emoji("🍲"), .tint = Tint::elder, .mark = true});
  ui.card(cells[1], {.id = "b",
                     .label = w(zh, "打扫", "Cleaning"),
                     .picture = emoji("🧹"),
                     .tint = Tint::elder,
                     .state = State::selected,
                     .mark = true});
  ui.card(cells[2], {.id = "c",
                     .label = w(zh, "洗澡", "Bath"),
                     .picture = emoji("🛁"),
                     .tint = Tint::elder,
                     .state = State::full,
                     .reason = w(zh, "满了", "Full"),
                     .mark = true});
  ui.card(cells[3], {.id = "d",
                     .label = w(zh, "理发", "Haircut"),
                     .picture = emoji("💈"),
                     .tint = Tint::elder,
                     .state = State::busy,
                     .mark = true});
  ui.card(cells[4], {.id = "e",
                     .label = w(zh, "学手艺", "Learn"),
                     .sub = w(zh, "两点 堂屋", "two, hall"),
                     .picture = emoji("🍳"),
                     .tint = Tint::woman,
                     .mark = true});
  ui.card(cells[5], {.id = "f",
                     .label = w(zh, "七彩小屋", "Homework"),
                     .picture = emoji("🌈"),
                     .tint = Tint::child,
                     .state = State::done,
                     .mark = true});
  ui.card(cells[6], {.id = "g",
                     .label = w(zh, "养羊", "Sheep"),
                     .picture = emoji("🐑"),
                     .tint = Tint::hardship,
                     .dots_filled = 3,
                     .dots_total = 5,
                     .chip = w(zh, "逢集", "Fair"),
                     .mark = true});
  ui.card(cells[7], {.id = "h", .label = w(zh, "还有", "More"), .picture = drawn("arrow_right")});
  bar(ui, zh);
}

void request(Ui& ui, bool zh) {
  ui.title(w(zh, "王奶奶要送饭", "Meals for Granny"), emoji("🍲"));
  Rect area = ui.body();
  Rect buttons = area.cut_bottom(30, ui.gap());
  ui.lamps(
      area.cut_top(std::min(30.0f, area.h * 0.55f), 3),
      {{w(zh, "排上了", "In line"), w(zh, "有人接了", "Taken"), w(zh, "路上", "Coming"), w(zh, "办好了", "Done")},
       2});
  ui.band(area.cut_top(std::min(area.h, ui.line(Type::sentence) * 1.6f)),
          w(zh, "送饭的人马上就到", "The meal is coming"), Tint::urgent);
  const auto two = grid(buttons, 2, 1, ui.gap());
  ui.button(two[0], {.id = "no", .label = w(zh, "不要了", "Leave it"), .picture = drawn("cross")});
  ui.button(two[1], {.id = "yes",
                     .label = w(zh, "对，就这样", "Yes, do it"),
                     .picture = drawn("tick"),
                     .tint = Tint::hardship,
                     .filled = true});
  bar(ui, zh);
}

void urgent(Ui& ui, bool zh) {
  ui.panel(ui.glass(), Tint::urgent, false, true);
  Rect area = ui.body();
  Rect buttons = area.cut_bottom(std::min(44.0f, area.h * 0.4f), 8);
  if (ui.portrait()) {
    area.y = area.bottom() - 120;
    area.h = 120;
  }
  Rect ring = area.cut_right(std::min(area.h, area.w * 0.3f), 6);
  ui.countdown(ring.centred(std::min(ring.w, ring.h), std::min(ring.w, ring.h)), 0.7f, "5");
  const float side = std::min({area.h, area.w * 0.35f, 60.0f});
  ui.picture(area.cut_left(side, 6).centred(side, side), emoji("🚨"));
  ui.text(area, w(zh, "正在叫人", "Calling"),
          {.type = Type::title, .centre_v = true, .on_deep = true, .tint = Tint::urgent});
  ui.card(buttons.centred(std::min(buttons.w, 120.0f), buttons.h),
          {.id = "undo", .label = w(zh, "按错了，不叫", "By mistake"), .picture = emoji("✋")});
}

void still_there(Ui& ui, bool zh) {
  home(ui, zh);
  ui.frame().scrim();
  const Rect all = ui.glass();
  Rect card = all.centred(std::min(all.w - 20, 200.0f), std::min(all.h - 16, 116.0f));
  ui.panel(card, Tint::neutral);
  Rect inside = card.inset(8);
  Rect buttons = inside.cut_bottom(40, 6);
  Rect ring = inside.cut_left(std::min(inside.h, 60.0f), 8);
  ui.countdown(ring, 0.4f, "12");
  ui.text(inside, w(zh, "您还在不？", "Still there?"), {.type = Type::title, .centre_v = true});
  const auto two = grid(buttons, 2, 1, ui.gap());
  ui.button(two[0],
            {.id = "yes", .label = w(zh, "在哩", "Still here"), .picture = emoji("✋"), .tint = Tint::hardship});
  ui.button(two[1], {.id = "home", .label = w(zh, "走了", "I've gone"), .picture = emoji("🏠")});
}

void roll(Ui& ui, bool zh) {
  ui.title(w(zh, "七彩小屋 · 四点半班", "Rainbow room"), {}, w(zh, "到了 27 / 35", "27 of 35 here"));
  const int columns = ui.compact() ? 6 : ui.portrait() ? 5 : 7, rows = ui.compact() ? 3 : ui.portrait() ? 7 : 5;
  const auto cells = grid(ui.reach(), columns, rows, ui.gap());
  const char* names[] = {"王小虎", "李欣怡", "张浩然", "马小军", "陈思雨", "刘佳怡", "杨子轩", "赵一诺", "孙宇航",
                         "周梓涵", "吴雨桐", "郑浩宇", "冯小娟", "蒋文博", "沈佳琪", "韩小龙", "朱雅婷", "秦朗"};
  for (std::size_t i = 0; i < cells.size(); ++i)
    ui.face(cells[i], {.id = fmt::format("mark:{}", i),
                       .name = names[i % 18],
                       .picture = {.portrait = fmt::format("v1:child{}:{}:{}", i, i % 2 ? "f" : "m", 6 + i % 7)},
                       .tint = Tint::child,
                       .state = i % 5 == 2 ? State::normal : State::selected});
  draw_bar(ui, std::vector<Card>{
                   {.id = "back", .label = w(zh, "退一步", "Back"), .picture = drawn("arrow_left")},
                   {.id = "absent", .label = w(zh, "没来的 8 个", "8 missing")},
                   {.id = "done", .label = w(zh, "全看过了", "All seen"), .tint = Tint::staff, .filled = true}});
}

void today(Ui& ui, bool zh) {
  ui.title(w(zh, "今儿", "Today"), {}, w(zh, "11月24日 十月十六", "24 Nov"));
  const auto cells = grid(ui.reach(), ui.portrait() ? 2 : 3, ui.portrait() ? 3 : 2, ui.gap());
  ui.number_card(cells[0], {"here", emoji("👋"), "27/40", w(zh, "到了", "Here"), "", false});
  ui.number_card(
      cells[1], {"absent", emoji("🔍"), "4", w(zh, "没来的", "Missing"), w(zh, "两天没见 1", "two days: 1"), true});
  ui.number_card(cells[2], {"todo", emoji("📋"), "6", w(zh, "要办的", "To do"), w(zh, "超时 1", "1 late"), true});
  ui.number_card(cells[3], {"booked", emoji("🎀"), "12", w(zh, "约的", "Booked"), "", false});
  ui.number_card(cells[4], {"money", emoji("💴"), "3", w(zh, "领钱没领", "Not paid"), "", false});
  ui.number_card(cells[5], {"duty",
                            {.portrait = "v1:小王:f:26"},
                            "14:00",
                            w(zh, "值班", "On duty"),
                            w(zh, "小王 → 李婶", "Wang → Li"),
                            false});
  bar(ui, zh);
}

void queue(Ui& ui, bool zh) {
  ui.title(w(zh, "要办的", "To do"), {}, w(zh, "6 件 · 超时 1", "6 · 1 late"));
  Rect area = ui.reach();
  const char* icons[] = {"🍲", "🧹", "🛁", "💊", "🔧", "🚜"};
  for (int i = 0; area.h >= 24 && i < 6; ++i)
    ui.row(area.cut_top(24, ui.gap()), {.id = fmt::format("request:{}", i),
                                        .picture = emoji(icons[i]),
                                        .line = w(zh, "送饭 王奶奶", "Meals, Wang"),
                                        .sub = w(zh, "2组 · 等了 12 分", "group 2, 12 min"),
                                        .status = w(zh, "没人接", "Open"),
                                        .status_tint = Tint::elder,
                                        .overdue = i == 0,
                                        .overdue_word = w(zh, "超时", "Late"),
                                        .meter = 0.2f + 0.25f * static_cast<float>(i),
                                        .actions = {{fmt::format("take:{}", i), w(zh, "我去", "I'll go"), true},
                                                    {fmt::format("pass:{}", i), w(zh, "给别人", "Pass on")}}});
  bar(ui, zh);
}

void form(Ui& ui, bool zh) {
  ui.title(w(zh, "机器设置", "Settings"));
  Rect area = ui.reach();
  Rect left = area.cut_left((area.w - 8) / 2, 8);
  ui.field(left.cut_top(20, 4), "name", w(zh, "名字", "Name"), "王秀兰", true);
  ui.field(left.cut_top(20, 4), "phone", w(zh, "手机号", "Phone"), "138 0000 1234");
  ui.toggle(left.cut_top(20, 4), "card", w(zh, "有卡", "Has a card"), true);
  if (left.h > 20) ui.toggle(left.cut_top(20, 4), "glasses", w(zh, "大字", "Large type"), false);
  ui.stepper(area.cut_top(20, 4), "volume", w(zh, "声音", "Volume"), "6");
  const auto keys = grid({area.x, area.y, area.w, std::min(area.h, 96.0f)}, 4, area.h >= 92 ? 4 : 2, 4);
  const char* digits[] = {"1", "2", "3", "", "4", "5", "6", "擦掉", "7", "8", "9", "0", "甲", "乙", "丙", "丁"};
  for (std::size_t i = 0; i < keys.size(); ++i)
    ui.key(keys[i], i == 3 ? "key:ok" : fmt::format("key:{}", digits[i]), zh || i != 7 ? digits[i] : "Rub out");
  bar(ui, zh);
}

void sheet(Ui& ui, bool zh) {
  ui.title(w(zh, "十一月考勤表", "November roll"), {}, w(zh, "双塔村幸福院", "Shuangta"));
  const std::vector<std::string> head{w(zh, "姓名", "Name"), w(zh, "组", "Group"), w(zh, "天数", "Days"),
                                      w(zh, "小时", "Hours"), w(zh, "补贴", "Yuan")};
  std::vector<std::vector<std::string>> rows;
  for (int i = 0; i < (ui.compact() ? 6 : 9); ++i)
    rows.push_back({i % 2 ? "王秀兰" : "欧阳长庚", fmt::format("{}组", i % 5 + 1), std::to_string(12 + i),
                    fmt::format("{}.5", 60 + 7 * i), fmt::format("{}.00", 120 + 10 * i)});
  const std::vector<float> widths{2, 1, 1, 1.2f, 1.4f};
  const std::vector<Align> aligns{Align::left, Align::left, Align::right, Align::right, Align::right};
  ui.table(ui.reach(), head, rows, widths, aligns);
  bar(ui, zh);
}

}  // namespace

const std::vector<Page>& pages() {
  static const std::vector<Page> all{{"home", {}, home},
                                     {"faces", {}, faces},
                                     {"days", {}, days},
                                     {"receipt", {}, receipt},
                                     {"secret", {}, secret},
                                     {"states", {}, states},
                                     {"request", {}, request},
                                     {"urgent", {.overlay = true}, urgent},
                                     {"still_there", {}, still_there},
                                     {"roll", {.staff = true}, roll},
                                     {"today", {.staff = true}, today},
                                     {"queue", {.staff = true}, queue},
                                     {"form", {.staff = true}, form},
                                     {"sheet", {.staff = true}, sheet}};
  return all;
}

}  // namespace gallery
