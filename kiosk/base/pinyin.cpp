// Finding by letters and speaking by pinyin; see the header. The word lists below are data of ours: add to them
// when a voice says something wrong, and to tests/base/pinyin_test.cpp with it.
#include "base/pinyin.h"

#include "base/almanac.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace base {

std::string_view Reading::syllable() const {
  const std::size_t index = (code & 0x7fffU) >> 3;
  const std::uint16_t start = unihan::syllable_offset[index];
  return {unihan::syllable_text + start, static_cast<std::size_t>(unihan::syllable_offset[index + 1] - start)};
}

std::span<const Reading> readings(char32_t character) {
  const auto* end = unihan::runs + unihan::run_count;
  const auto* run =
      std::upper_bound(unihan::runs, end, character, [](char32_t c, const unihan::Run& r) { return c < r.first; });
  if (run == unihan::runs) return {};
  --run;
  if (character > run->last) return {};
  const Reading* first = unihan::pool + unihan::places[run->start + (character - run->first)];
  std::size_t count = 1;
  while ((first[count - 1].code & 0x8000U) == 0) ++count;
  return {first, count};
}

namespace {

// Surnames read otherwise than the character's customary reading, and compound ones. Source: 现代汉语词典 and
// 通用规范汉字表; where families differ (覃, 乐, 牟) the reading of more bearers stands first, and finding takes
// them all.
constexpr std::string_view surname_table = R"(
单 shan4|解 xie4|曾 zeng1|仇 qiu2|朴 piao2|覃 qin2|乐 yue4|缪 miao4|任 ren2|查 zha1|区 ou1|盖 ge3|尉 wei4|华 hua4|燕 yan1|冼 xian3
纪 ji3|翟 zhai2|逄 pang2|牟 mou2|员 yun4|贠 yun4|郇 xun2|佴 nai4|郗 xi1|洗 xian3|种 chong2|秘 bi4|葛 ge3|那 na1|哈 ha3|祭 zhai4
宓 mi4|隗 kui2|俞 yu2|於 yu1|訾 zi1|应 ying1|车 che1|召 shao4|过 guo1|要 yao1|曲 qu1|卜 bu3|折 she2|盛 sheng4|石 shi2|沈 shen3|谌 chen2
乜 nie4|粘 nian2|瞿 qu2|句 gou1|勾 gou1|仝 tong2|晁 chao2|都 du1|繁 po2|宿 su4|台 tai2|呙 guo1|颉 xie2|厍 she4|柏 bai3|薄 bo2
观 guan4|冠 guan4|藏 zang1|圈 juan4|少 shao4|强 qiang2|宁 ning4|长 chang2|行 xing2|重 chong2|朝 chao2|相 xiang4|参 shen1|尹 yin3
贾 jia3|费 fei4|阚 kan4|撒 sa3|塔 ta3|殷 yin1|冯 feng2|蕃 bo1|逯 lu4|亓 qi2|阿 a1|和 he2|干 gan1|占 zhan1|丁 ding1|万 wan4|不 fou3
令狐 ling2 hu2|长孙 zhang3 sun1|尉迟 yu4 chi2|万俟 mo4 qi2|单于 chan2 yu2|澹台 tan2 tai2|鲜于 xian1 yu2|宇文 yu3 wen2|欧阳 ou1 yang2
上官 shang4 guan1|司马 si1 ma3|诸葛 zhu1 ge3|东方 dong1 fang1|皇甫 huang2 fu3|公孙 gong1 sun1|慕容 mu4 rong2|司徒 si1 tu2|夏侯 xia4 hou2
端木 duan1 mu4|呼延 hu1 yan2|轩辕 xuan1 yuan2|南宫 nan2 gong1|百里 bai3 li3|东郭 dong1 guo1|西门 xi1 men2|独孤 du2 gu1|拓跋 tuo4 ba2
完颜 wan2 yan2|闾丘 lv2 qiu1|濮阳 pu2 yang2|淳于 chun2 yu2|太叔 tai4 shu1|申屠 shen1 tu2|仲孙 zhong4 sun1|钟离 zhong1 li2|赫连 he4 lian2
宗政 zong1 zheng4|公冶 gong1 ye3|公羊 gong1 yang2|亓官 qi2 guan1|司寇 si1 kou4|子车 zi3 ju1|颛孙 zhuan1 sun1|巫马 wu1 ma3|漆雕 qi1 diao1
乐正 yue4 zheng4|夹谷 jia2 gu3|宰父 zai3 fu3|谷梁 gu3 liang2|段干 duan4 gan1|梁丘 liang2 qiu1|左丘 zuo3 qiu1|呼衍 hu1 yan3|第五 di4 wu3
歐陽 ou1 yang2|長孫 zhang3 sun1|單于 chan2 yu2|尉遲 yu4 chi2|單 shan4|區 ou1|樂 yue4|繆 miao4|華 hua4
)";

// Words whose characters are read otherwise than alone, or whose second syllable is neutral. The longest fitting
// word wins.
constexpr std::string_view phrase_table = R"(
银行 yin2 hang2|行长 hang2 zhang3|睡得着 shui4 de5 zhao2|行业 hang2 ye4|一行 yi4 hang2|同行 tong2 hang2|行号 hang2 hao4|排行 pai2 hang2
睡觉 shui4 jiao4|午觉 wu3 jiao4|睡午觉 shui4 wu3 jiao4|一觉 yi2 jiao4|睡不着 shui4 bu5 zhao2|睡着 shui4 zhao2|着急 zhao2 ji2|别着急 bie2 zhao2 ji2|着火 zhao2 huo3
着凉 zhao2 liang2|找着 zhao3 zhao2|用不着 yong4 bu5 zhao2|穿着 chuan1 zhe5|觉得 jue2 de5|值得 zhi2 de5|记得 ji4 de5|认得 ren4 de5|懂得 dong3 de5|晓得 xiao3 de5|显得 xian3 de5
得到 de2 dao4|取得 qu3 de2|获得 huo4 de2|得分 de2 fen1|得了 de2 le5|心得 xin1 de2|得病 de2 bing4|总得 zong3 dei3|得去 dei3 qu4|得来 dei3 lai2|得有 dei3 you3|得先 dei3 xian1
得找 dei3 zhao3|得等 dei3 deng3|还得 hai2 dei3|也得 ye3 dei3|就得 jiu4 dei3|您得 nin2 dei3|要得 yao4 de2
便宜 pian2 yi5|为了 wei4 le5|因为 yin1 wei4|为什么 wei4 shen2 me5|为啥 wei4 sha2|认为 ren4 wei2|以为 yi3 wei2|成为 cheng2 wei2|作为 zuo4 wei2|行为 xing2 wei2|为止 wei2 zhi3
为人 wei2 ren2|为难 wei2 nan2|分为 fen1 wei2|改为 gai3 wei2|什么 shen2 me5|怎么 zen3 me5|那么 na4 me5|这么 zhe4 me5|多么 duo1 me5|要么 yao4 me5
还钱 huan2 qian2|还书 huan2 shu1|还款 huan2 kuan3|归还 gui1 huan2|还回 huan2 hui2|还给 huan2 gei3|还上 huan2 shang4|退还 tui4 huan2|借还 jie4 huan2|来还 lai2 huan2
还了 huan2 le5|还没 hai2 mei2|还有 hai2 you3|还是 hai2 shi4|还行 hai2 xing2
院长 yuan4 zhang3|村长 cun1 zhang3|组长 zu3 zhang3|校长 xiao4 zhang3|站长 zhan4 zhang3|所长 suo3 zhang3|队长 dui4 zhang3|家长 jia1 zhang3|镇长 zhen4 zhang3|乡长 xiang1 zhang3
县长 xian4 zhang3|市长 shi4 zhang3|班长 ban1 zhang3|会长 hui4 zhang3|社长 she4 zhang3|科长 ke1 zhang3|局长 ju2 zhang3|部长 bu4 zhang3|楼长 lou2 zhang3|馆长 guan3 zhang3
厂长 chang3 zhang3|处长 chu4 zhang3|长大 zhang3 da4|长高 zhang3 gao1|成长 cheng2 zhang3|生长 sheng1 zhang3|长辈 zhang3 bei4|年长 nian2 zhang3|长者 zhang3 zhe3|增长 zeng1 zhang3
长得 zhang3 de5|长了 zhang3 le5|首长 shou3 zhang3
重新 chong2 xin1|重来 chong2 lai2|重阳 chong2 yang2|重阳节 chong2 yang2 jie2|重复 chong2 fu4|重做 chong2 zuo4|重拍 chong2 pai1|重写 chong2 xie3|重选 chong2 xuan3|重庆 chong2 qing4|双重 shuang1 chong2
首都 shou3 du1|成都 cheng2 du1|都市 du1 shi4|会计 kuai4 ji4|一会儿 yi2 hui4 er5|等会儿 deng3 hui4 er5|待会儿 dai1 hui4 er5|待一会 dai1 yi2 hui4
一只 yi4 zhi1|两只 liang3 zhi1|三只 san1 zhi1|几只 ji3 zhi1|每只 mei3 zhi1|船只 chuan2 zhi1
教室 jiao4 shi4|教育 jiao4 yu4|教师 jiao4 shi1|教练 jiao4 lian4|请教 qing3 jiao4|教书 jiao1 shu1|教您 jiao1 nin2|教你 jiao1 ni3|教我 jiao1 wo3|教他 jiao1 ta1|教大家 jiao1 da4 jia1|教会 jiao1 hui4
音乐 yin1 yue4|乐器 yue4 qi4|乐队 yue4 dui4|快乐 kuai4 le4|民乐 min2 yue4|爱好 ai4 hao4|好客 hao4 ke4|少年 shao4 nian2|青少年 qing1 shao4 nian2|老少 lao3 shao4|少儿 shao4 er2
数一数 shu3 yi5 shu3|数数 shu3 shu4|数字 shu4 zi4|数完 shu3 wan2|数了 shu3 le5|头发 tou2 fa5|理发 li3 fa4|白发 bai2 fa4|剪发 jian3 fa4|洗发 xi3 fa4|干活 gan4 huo2|干部 gan4 bu4|能干 neng2 gan4
干啥 gan4 sha2|干什么 gan4 shen2 me5|干事 gan4 shi5|实干 shi2 gan4|骨干 gu3 gan4|干净 gan1 jing4|饼干 bing3 gan1
种地 zhong4 di4|种菜 zhong4 cai4|种田 zhong4 tian2|种树 zhong4 shu4|种花 zhong4 hua1|播种 bo1 zhong3|接种 jie1 zhong4|种植 zhong4 zhi2|栽种 zai1 zhong4|种粮 zhong4 liang2|倒水 dao4 shui3|倒车 dao4 che1
倒垃圾 dao4 la1 ji1|摔倒 shuai1 dao3|跌倒 die1 dao3|晕倒 yun1 dao3|滑倒 hua2 dao3|上当 shang4 dang4|恰当 qia4 dang4|当作 dang4 zuo4|适当 shi4 dang4|应该 ying1 gai1|反应 fan3 ying4|答应 da1 ying5
适应 shi4 ying4|供应 gong1 ying4|对应 dui4 ying4|应急 ying4 ji2|响应 xiang3 ying4|有空 you3 kong4|没空 mei2 kong4|空白 kong4 bai2|空地 kong4 di4|空儿 kong4 er5|空调 kong1 tiao2|填空 tian2 kong4
量血压 liang2 xue4 ya1|量体温 liang2 ti3 wen1|量一量 liang2 yi5 liang2|量血糖 liang2 xue4 tang2|测量 ce4 liang2|商量 shang1 liang5|上门量 shang4 men2 liang2|想种 xiang3 zhong4|要种 yao4 zhong4|量身高 liang2 shen1 gao1|背书 bei4 shu1|背包 bei1 bao1|书包 shu1 bao1|背着 bei1 zhe5
看护 kan1 hu4|看门 kan1 men2|看孩子 kan1 hai2 zi5|看娃 kan1 wa2|看管 kan1 guan3|看守 kan1 shou3|调解 tiao2 jie3|调整 tiao2 zheng3|调查 diao4 cha2|调节 tiao2 jie2|调动 diao4 dong4|照相 zhao4 xiang4
相片 xiang4 pian4|照相机 zhao4 xiang4 ji1|更新 geng1 xin1|更换 geng1 huan4|更改 geng1 gai3|变更 bian4 geng1|更正 geng1 zheng4|更衣 geng1 yi1|结实 jie1 shi5|弹琴 tan2 qin2|处理 chu3 li3|相处 xiang1 chu3
处分 chu3 fen4|好处 hao3 chu5|办事处 ban4 shi4 chu4|到处 dao4 chu4|差不多 cha4 bu5 duo1|差一点 cha4 yi4 dian3|差点 cha4 dian3|还差 hai2 cha4|差了 cha4 le5|出差 chu1 chai1|差错 cha1 cuo4|时差 shi2 cha1
系鞋带 ji4 xie2 dai4|请假 qing3 jia4|放假 fang4 jia4|假期 jia4 qi1|寒假 han2 jia4|暑假 shu3 jia4|销假 xiao1 jia4|病假 bing4 jia4|事假 shi4 jia4|节假日 jie2 jia4 ri4|休假 xiu1 jia4|暖和 nuan3 huo5
和面 huo2 mian4|大夫 dai4 fu5|咳嗽 ke2 sou5|羊圈 yang2 juan4|猪圈 zhu1 juan4|盛饭 cheng2 fan4|效率 xiao4 lv4|概率 gai4 lv4|比率 bi3 lv4|宿舍 su4 she4|舍不得 she3 bu5 de5|床铺 chuang2 pu4|卧铺 wo4 pu4
儿子 er2 zi5|女儿 nv3 er2|儿童 er2 tong2|幼儿 you4 er2|婴儿 ying1 er2|孤儿 gu1 er2|儿女 er2 nv3|儿媳 er2 xi2|儿媳妇 er2 xi2 fu5|儿科 er2 ke1|托儿所 tuo1 er2 suo3|少儿 shao4 er2|新生儿 xin1 sheng1 er2
土地 tu3 di4|地里 di4 li5|地方 di4 fang5|当地 dang1 di4|地点 di4 dian3|地址 di4 zhi3|各地 ge4 di4|场地 chang2 di4|工地 gong1 di4|地图 di4 tu2|下地 xia4 di4|本地 ben3 di4|外地 wai4 di4
慢慢地 man4 man4 de5|好好地 hao3 hao3 de5|目的 mu4 di4|的确 di2 que4|的士 di1 shi4|了解 liao3 jie3|了结 liao3 jie2|受不了 shou4 bu5 liao3|去不了 qu4 bu5 liao3|来不了 lai2 bu5 liao3
走不了 zou3 bu5 liao3|吃不了 chi1 bu5 liao3|用不了 yong4 bu5 liao3|动不了 dong4 bu5 liao3|办不了 ban4 bu5 liao3|忘不了 wang4 bu5 liao3|少不了 shao3 bu5 liao3|大不了 da4 bu5 liao3|办得了 ban4 de5 liao3
朝阳 chao2 yang2|今朝 jin1 zhao1|传说 chuan2 shuo1|自传 zi4 zhuan4|转圈 zhuan4 quan1|卷子 juan4 zi5|兴趣 xing4 qu4|高兴 gao1 xing4|兴奋 xing1 fen4|扫帚 sao4 zhou5|扫把 sao4 ba3|钉子 ding1 zi5
鲜血 xian1 xue4|流血 liu2 xie3|血压 xue4 ya1|血糖 xue4 tang2|抽血 chou1 xue4|薄荷 bo4 he5|吐了 tu4 le5|呕吐 ou3 tu4|晕车 yun4 che1|哪里 na3 li5|那里 na4 li5|这里 zhe4 li5|里头 li3 tou5|外头 wai4 tou5
前头 qian2 tou5|后头 hou4 tou5|上头 shang4 tou5|下头 xia4 tou5|石头 shi2 tou5|木头 mu4 tou5|枕头 zhen3 tou5|馒头 man2 tou5|骨头 gu3 tou5|老头 lao3 tou2|早上 zao3 shang5|晚上 wan3 shang5|身上 shen1 shang5
路上 lu4 shang5|手上 shou3 shang5|后晌 hou4 shang5|晌午 shang3 wu5|前晌 qian2 shang5|屋里 wu1 li5|家里 jia1 li5|村里 cun1 li5|院里 yuan4 li5|手里 shou3 li5|心里 xin1 li5
东西 dong1 xi5|朋友 peng2 you5|衣服 yi1 fu5|舒服 shu1 fu5|先生 xian1 sheng5|学生 xue2 sheng5|医生 yi1 sheng1|大妈 da4 ma1|大娘 da4 niang2|大爷 da4 ye5|大伯 da4 bo2|媳妇 xi2 fu5|姑娘 gu1 niang5
丈夫 zhang4 fu5|亲戚 qin1 qi5|师傅 shi1 fu5|支书 zhi1 shu1|书记 shu1 ji5|明白 ming2 bai5|知道 zhi1 dao5|告诉 gao4 su5|休息 xiu1 xi5|时候 shi2 hou5|意思 yi4 si5|事情 shi4 qing5|打听 da3 ting5|照应 zhao4 ying4
收拾 shou1 shi5|打扫 da3 sao3|热闹 re4 nao5|麻烦 ma2 fan5|认识 ren4 shi5|喜欢 xi3 huan5|漂亮 piao4 liang5|月亮 yue4 liang5|窗户 chuang1 hu5|钥匙 yao4 shi5|豆腐 dou4 fu5|萝卜 luo2 bo5|庄稼 zhuang1 jia5
粮食 liang2 shi5|牲口 sheng1 kou5|力气 li4 qi5|天气 tian1 qi4|客气 ke4 qi5|名字 ming2 zi5|眼睛 yan3 jing5|耳朵 er3 duo5|胳膊 ge1 bo5|嘴巴 zui3 ba5|尾巴 wei3 ba5|头疼 tou2 teng2|肚子疼 du4 zi5 teng2|打发 da3 fa5
帮忙 bang1 mang2|臊子面 sao4 zi5 mian4|臊子 sao4 zi5|包子 bao1 zi5|拾掇 shi2 duo5|谢谢 xie4 xie5|对不起 dui4 bu5 qi3|了不起 liao3 bu5 qi3|不得了 bu4 de2 liao3|来得及 lai2 de5 ji2|来不及 lai2 bu5 ji2
过来 guo4 lai5|起来 qi3 lai5|出来 chu1 lai5|回来 hui2 lai5|进来 jin4 lai5|下来 xia4 lai5|上来 shang4 lai5|过去 guo4 qu5|出去 chu1 qu5|回去 hui2 qu5|进去 jin4 qu5|吃过 chi1 guo5|来过 lai2 guo5|去过 qu4 guo5
做过 zuo4 guo5|看过 kan4 guo5|领过 ling3 guo5|七彩 qi1 cai3|暖站 nuan3 zhan4|幸福院 xing4 fu2 yuan4|逢集 feng2 ji2|赶集 gan3 ji2|节气 jie2 qi5|重要 zhong4 yao4|体重 ti3 zhong4|称体重 cheng1 ti3 zhong4|重量 zhong4 liang4
一点 yi4 dian3|一点儿 yi4 dian3 er5|一样 yi2 yang4|一起 yi4 qi3|一定 yi2 ding4|一共 yi2 gong4|一下 yi2 xia5|一个 yi2 ge5|一张 yi4 zhang1|一般 yi4 ban1|一回 yi4 hui2|第一 di4 yi1|统一 tong3 yi1
星期一 xing1 qi1 yi1|周一 zhou1 yi1|礼拜一 li3 bai4 yi1|初一 chu1 yi1|十一 shi2 yi1|廿一 nian4 yi1|之一 zhi1 yi1|一一 yi1 yi1|三八 san1 ba1|一卡通 yi4 ka3 tong1|一家 yi4 jia1|万一 wan4 yi1|唯一 wei2 yi1
不是 bu2 shi4|不要 bu2 yao4|不用 bu2 yong4|不对 bu2 dui4|不在 bu2 zai4|对不对 dui4 bu5 dui4|是不是 shi4 bu5 shi4|好不好 hao3 bu5 hao3|要不要 yao4 bu5 yao4|在不在 zai4 bu5 zai4|来不来 lai2 bu5 lai2
打的 da3 di1|您的 nin2 de5|我的 wo3 de5|曾经 ceng2 jing1|未曾 wei4 ceng2|解决 jie3 jue2|参加 can1 jia1|人参 ren2 shen1|参差 cen1 ci1|便民 bian4 min2|方便 fang1 bian4|随便 sui2 bian4
模样 mu2 yang4|强调 qiang2 diao4|勉强 mian3 qiang3|难民 nan4 min2|受难 shou4 nan4|苦难 ku3 nan4|困难 kun4 nan5|落下 la4 xia4|丢三落四 diu1 san1 la4 si4|落枕 lao4 zhen3|露面 lou4 mian4|塞车 sai1 che1|似的 shi4 de5
屏住 bing3 zhu4|剥皮 bao1 pi2|剥削 bo1 xue1|削皮 xiao1 pi2|挣钱 zheng4 qian2|正月 zheng1 yue4|占地 zhan4 di4|粘住 zhan1 zhu4|涨价 zhang3 jia4|折腾 zhe1 teng5|钻石 zuan4 shi2|作坊 zuo1 fang5|供销社 gong1 xiao1 she4
供养 gong4 yang3|提供 ti2 gong1|禁止 jin4 zhi3|尽量 jin3 liang4|尽快 jin3 kuai4|劲头 jin4 tou2|使劲 shi3 jin4|角色 jue2 se4|校对 jiao4 dui4|济南 ji3 nan2|几乎 ji1 hu1|给予 ji3 yu3|夹子 jia1 zi5|监护 jian1 hu4
太监 tai4 jian4|间断 jian4 duan4|将来 jiang1 lai2|降温 jiang4 wen1|投降 tou2 xiang2|哄睡 hong3 shui4|起哄 qi3 hong4|横竖 heng2 shu4|荷花 he2 hua1|喝彩 he4 cai3|号叫 hao2 jiao4|冠心病 guan1 xin1 bing4|冠军 guan4 jun1
杆子 gan1 zi5|恶心 e3 xin5|可恶 ke3 wu4|囤粮 tun2 liang2|肚子 du4 zi5|斗争 dou4 zheng1|钉扣子 ding4 kou4 zi5|答题 da2 ti2|答案 da2 an4|打量 da3 liang5|单位 dan1 wei4|简单 jian3 dan1|冲着 chong4 zhe5
创伤 chuang1 shang1|臭味 chou4 wei4|乘车 cheng2 che1|裁缝 cai2 feng5|藏族 zang4 zu2|西藏 xi1 zang4|伺候 ci4 hou5|刹车 sha1 che1|扁担 bian3 dan5|担子 dan4 zi5|奔头 ben4 tou5|膀胱 pang2 guang1|拗不过 niu4 bu5 guo4
熬粥 ao2 zhou1|挨打 ai2 da3|车站 che1 zhan4|象棋车 xiang4 qi2 ju1|呱呱叫 gua1 gua1 jiao4|露天 lu4 tian1|绿色 lv4 se4|旋风 xuan4 feng1|血 xue4|啥 sha2|咋 za3|咋样 za3 yang4|哩 li5|哪 na3|谁 shei2|咱 zan2|咱们 zan2 men5
二维码 er4 wei2 ma3|微信 wei1 xin4|扫码 sao3 ma3|打卡 da3 ka3|刷卡 shua1 ka3|有卡 you3 ka3|没卡 mei2 ka3|卡 ka3|养老 yang3 lao3|低保 di1 bao3|积分 ji1 fen1|分数 fen1 shu4|水分 shui3 fen4|过分 guo4 fen4|部分 bu4 fen5
身分 shen1 fen4|成分 cheng2 fen4|充分 chong1 fen4|缘分 yuan2 fen4|养分 yang3 fen4|没用 mei2 yong4|没有 mei2 you3|埋没 mai2 mo4|没收 mo4 shou1|淹没 yan1 mo4|发现 fa1 xian4|省 sheng3|反省 fan3 xing3|长江 chang2 jiang1
)";

// Single characters a voice should not read by their customary dictionary reading.
constexpr std::string_view particle_table = R"(
了 le5|的 de5|着 zhe5|得 de5|地 di4|吗 ma5|呢 ne5|吧 ba5|啊 a5|呀 ya5|嘛 ma5|么 me5|们 men5|哩 li5|啦 la5|哇 wa5|还 hai2|都 dou1|长 chang2|行 xing2|重 zhong4|会 hui4|只 zhi3
为 wei4|过 guo4|好 hao3|少 shao3|教 jiao4|种 zhong3|干 gan4|倒 dao4|当 dang1|应 ying1|空 kong1|量 liang4|看 kan4|调 tiao2|相 xiang1|更 geng4|处 chu4|差 cha4|系 xi4|假 jia3|和 he2
没 mei2|那 na4|这 zhe4|哪 na3|谁 shei2|什 shen2|给 gei3|大 da4|上 shang4|下 xia4|个 ge4|发 fa1|背 bei4|喝 he1|累 lei4|难 nan2|传 chuan2|转 zhuan3|数 shu4|便 bian4|号 hao4|尽 jin4|间 jian1
分 fen1|正 zheng4|中 zhong1|着 zhe5|乐 le4|觉 jue2|车 che1|石 shi2|折 zhe2|切 qie1|把 ba3|扫 sao3|熬 ao2|称 cheng1|盛 sheng4|卡 ka3|圈 quan1|挑 tiao1|铺 pu1|散 san4|尿 niao4|吐 tu3|弹 tan2|露 lu4
)";

// 子 and 头 lose their tone after these, a kinship word's second half always.
constexpr std::u32string_view before_light_zi =
    U"孩儿肚桌椅鞋被房院妻嫂本票日样盘筷勺杯瓶裤裙袜帽袋箱句影鼻嗓脖辫茄包饺粽柿桃橘栗竹盒镜扇梯钉锤凳毯帘枣瓜豆叶"
    U"种棍棒绳带圈坛罐锅铲刀夹钳锯架柜席毯褥垫枕帐袖领扣胡屋棚院圃林园村庄娃侄孙妹婶个胖瘦小老院面片条段摊班牌尺笔"
    U"册曲亭轮车管嘴腰肠胃轿推担橙桔栗李杏稻麦谷粒穗秧";
constexpr std::u32string_view doubled_kin = U"奶爷爸妈叔伯婶姑舅姐哥弟妹娃太姥公婆爹娘嫂姨";

// What follows a surname when people are spoken of; 单奶奶 is then read by the surname.
constexpr std::u32string_view kin_titles[] = {
    U"奶奶", U"爷爷", U"叔",   U"婶",   U"伯",   U"大爷", U"大娘", U"大妈", U"大叔", U"大婶", U"阿姨",
    U"姨",   U"嫂",   U"哥",   U"姐",   U"师傅", U"老师", U"医生", U"大夫", U"书记", U"支书", U"主任",
    U"院长", U"村长", U"组长", U"站长", U"先生", U"女士", U"护士", U"校长", U"老太", U"老汉", U"老汉儿"};

// Surnames that are everyday words too: in a sentence they are taken for the word (那大爷 is that old man).
constexpr std::u32string_view everyday_words =
    U"那要都过和应行长重朝相少强不种干占折盖召观台句员区查车洗石冠参藏圈";

// Given names are not read as sentences are.
constexpr std::string_view given_name_table = R"(
长 chang2|兴 xing1|乐 le4|朝 chao2|为 wei2|行 xing2|重 zhong4|少 shao4|石 shi2|盛 sheng4|茜 qian4|娜 na4|和 he2|发 fa1|正 zheng4|车 che1|晟 sheng4
莎 sha1|予 yu3|应 ying4|劲 jin4|好 hao3|还 huan2|中 zhong1|降 jiang4|传 chuan2|参 can1|曾 ceng2|万 wan4|卡 ka3|夏 xia4|强 qiang2|栖 qi1|琢 zhuo2|珩 heng2
子 zi3|大 da4|了 liao3|得 de2|地 di4|的 di4|都 du1|着 zhuo2|会 hui4|只 zhi1|更 geng1|相 xiang1|转 zhuan3|调 tiao2|干 gan4|宁 ning2|雨 yu3|妻 qi1|亲 qin1
)";

using Spoken = std::vector<std::string>;  // one syllable with its tone a character

struct Tables {
  std::unordered_map<std::u32string, Spoken> surnames, phrases, singles, given;
  std::size_t longest = 1;

  static void read(std::string_view text, std::unordered_map<std::u32string, Spoken>& out) {
    while (!text.empty()) {
      const auto end = std::min(text.find_first_of("|\n"), text.size());
      std::string_view entry = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      const auto space = entry.find(' ');
      if (space == std::string_view::npos) continue;
      Spoken spoken;
      std::string_view left = entry.substr(space + 1);
      while (!left.empty()) {
        const auto next = std::min(left.find(' '), left.size());
        spoken.emplace_back(left.substr(0, next));
        left.remove_prefix(std::min(next + 1, left.size()));
      }
      out.try_emplace(to_utf32(entry.substr(0, space)), std::move(spoken));
    }
  }

  Tables() {
    read(surname_table, surnames);
    read(phrase_table, phrases);
    read(particle_table, singles);
    read(given_name_table, given);
    for (const auto& [word, spoken] : phrases) longest = std::max(longest, word.size());
  }
};

const Tables& tables() {
  static const Tables all;  // read on first use, 0.3 ms
  return all;
}

// The surname at the head of a name that has a reading of its own: its length, 0 when none.
std::size_t surname_length(std::u32string_view name) {
  const auto& surnames = tables().surnames;
  for (const std::size_t length : {std::size_t{2}, std::size_t{1}})
    if (name.size() >= length && surnames.contains(std::u32string(name.substr(0, length)))) return length;
  return 0;
}

bool is_han(char32_t c) { return !readings(c).empty(); }
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
bool is_skipped(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\'' || c == U'-' || c == U'.' || c == U'·' || c == U'•' || c == U'・' ||
         c == U'\u3000' || c == U'’' || c == U'‧' || c == U'\u200b';
}
// Full-width letters and digits as their plain selves, letters small.
char32_t folded(char32_t c) {
  if (c >= 0xff01 && c <= 0xff5e) c -= 0xfee0;
  if (c >= U'A' && c <= U'Z') c += 32;
  if (c == U'ü' || c == U'Ü') c = U'v';
  return c;
}

std::u32string folded(std::string_view text) {
  std::u32string out;
  for (const char32_t c : to_utf32(text))
    if (const char32_t plain = folded(c); !is_skipped(plain)) out += plain;
  return out;
}

// What may be typed for one character, likeliest first, nothing twice.
struct Piece {
  char32_t character;
  std::vector<std::string> syllables;  // of a Chinese character
};

void add_once(std::vector<std::string>& list, std::string text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

std::vector<Piece> pieces(std::string_view name) {
  const std::u32string plain = folded(name);
  const std::size_t surname = surname_length(plain);
  const Spoken* spoken = surname == 0 ? nullptr : &tables().surnames.at(std::u32string(plain.substr(0, surname)));
  std::vector<Piece> out;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    Piece piece{plain[i], {}};
    if (i < surname) {
      const std::string& own = (*spoken)[i];
      add_once(piece.syllables, own.substr(0, own.size() - 1));
    }
    for (const Reading& reading : readings(plain[i])) add_once(piece.syllables, std::string(reading.syllable()));
    const std::size_t count = piece.syllables.size();
    for (std::size_t s = 0; s < count; ++s) {
      std::string other = piece.syllables[s];
      if (const auto v = other.find('v'); v != std::string::npos) {
        other[v] = 'u';
        add_once(piece.syllables, std::move(other));
      }
    }
    out.push_back(std::move(piece));
  }
  return out;
}

constexpr std::size_t most_typed = 64;

// Can `typed` from place `at` be spelt by the characters from `from` on? `ends`: set when one way uses up the whole
// name.
bool spells(std::u32string_view name, std::size_t surname, const Spoken* spoken, std::u32string_view typed,
            std::size_t from, bool& ends) {
  std::array<bool, most_typed + 1> now{}, next{};
  now[0] = true;
  bool found = false;
  const auto take = [&](std::string_view syllable, std::size_t at, bool v_as_u) {
    for (std::size_t used = 0; used < syllable.size() && at + used < typed.size(); ++used) {
      const char letter = v_as_u && syllable[used] == 'v' ? 'u' : syllable[used];
      if (typed[at + used] != static_cast<char32_t>(letter)) return;
      next[at + used + 1] = true;
    }
  };
  for (std::size_t i = from; i < name.size(); ++i) {
    next.fill(false);
    const auto list = readings(name[i]);
    const std::string_view own = i < surname ? std::string_view((*spoken)[i]) : std::string_view{};
    bool any = false;
    for (std::size_t at = 0; at < typed.size(); ++at) {
      if (!now[at]) continue;
      if (typed[at] == name[i]) next[at + 1] = true;
      if (list.empty() && !is_letter(name[i]) && !is_digit(name[i])) next[at] = true;  // no known reading: skipped
      if (!own.empty()) {
        take(own.substr(0, own.size() - 1), at, false);
        take(own.substr(0, own.size() - 1), at, true);
      }
      for (const Reading& reading : list) {
        take(reading.syllable(), at, false);
        if (reading.syllable().find('v') != std::string_view::npos) take(reading.syllable(), at, true);
      }
    }
    if (next[typed.size()]) {
      found = true;
      if (i + 1 == name.size()) ends = true;
    }
    for (std::size_t at = 0; at < typed.size(); ++at) any = any || next[at];
    if (!any) break;
    std::swap(now, next);
  }
  return found;
}

// Keeps the likeliest `max_keys` combinations while characters are added one by one.
std::vector<std::string> combinations(const std::vector<Piece>& name, bool initials_only) {
  struct Key {
    std::string text;
    int unlikely;
  };
  std::vector<Key> keys{{{}, 0}};
  for (const Piece& piece : name) {
    std::vector<std::string> choices;
    for (const std::string& syllable : piece.syllables)
      add_once(choices, initials_only ? syllable.substr(0, 1) : syllable);
    if (choices.empty()) {
      if (!is_letter(piece.character) && !is_digit(piece.character)) continue;
      choices.push_back(std::string(1, static_cast<char>(piece.character)));
    }
    std::vector<Key> more;
    for (const Key& key : keys)
      for (std::size_t i = 0; i < choices.size(); ++i)
        more.push_back({key.text + choices[i], key.unlikely + static_cast<int>(i)});
    std::stable_sort(more.begin(), more.end(), [](const Key& a, const Key& b) { return a.unlikely < b.unlikely; });
    std::vector<Key> kept;
    for (Key& key : more) {
      if (kept.size() == max_keys) break;
      const bool there =
          std::any_of(kept.begin(), kept.end(), [&](const Key& other) { return other.text == key.text; });
      if (!there) kept.push_back(std::move(key));
    }
    keys = std::move(kept);
  }
  std::vector<std::string> out;
  for (Key& key : keys)
    if (!key.text.empty()) out.push_back(std::move(key.text));
  return out;
}

}  // namespace

Match match(std::string_view name, std::string_view typed) {
  const std::u32string wanted = folded(typed);
  if (wanted.empty()) return Match::start;
  const std::u32string plain = folded(name);
  if (wanted.size() > most_typed || plain.empty()) return Match::none;
  const std::size_t surname = surname_length(plain);
  const Spoken* spoken = surname == 0 ? nullptr : &tables().surnames.at(std::u32string(plain.substr(0, surname)));
  bool ends = false;
  if (spells(plain, surname, spoken, wanted, 0, ends)) return ends ? Match::whole : Match::start;
  for (std::size_t from = 1; from < plain.size(); ++from)
    if (spells(plain, surname, spoken, wanted, from, ends)) return Match::inside;
  return Match::none;
}

bool initials_match(std::string_view name, std::string_view typed) {
  const Match found = match(name, typed);
  return found == Match::start || found == Match::whole;
}

std::vector<std::string> search_keys(std::string_view name) { return combinations(pieces(name), true); }
std::vector<std::string> full_keys(std::string_view name) { return combinations(pieces(name), false); }

// --- speaking

namespace {

constexpr std::u32string_view digit_names = U"零一二三四五六七八九";

std::u32string digit_by_digit(std::u32string_view digits) {
  std::u32string out;
  for (const char32_t digit : digits) out += digit_names[digit - U'0'];
  return out;
}

std::u32string number_words(std::u32string_view digits) {
  if (digits.size() >= 7 || (digits.size() > 1 && digits[0] == U'0')) return digit_by_digit(digits);
  int value = 0;
  for (const char32_t digit : digits) value = value * 10 + static_cast<int>(digit - U'0');
  return to_utf32(number_zh(value));
}

// Numbers as Chinese words, full-width forms plain.
std::u32string with_words_for_numbers(std::u32string_view text) {
  constexpr std::u32string_view measures = U"个点位天人次回张只条件份块家户岁袋斤里头双顿样位碗杯瓶盒本名间";
  std::u32string out;
  const auto digits_from = [&](std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    return text.substr(at, end - at);
  };
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      out += text[i++];
      continue;
    }
    const auto whole = digits_from(i);
    std::size_t end = i + whole.size();
    const auto next = [&](std::size_t ahead) { return end + ahead < text.size() ? text[end + ahead] : U'\0'; };
    if ((next(0) == U':' || next(0) == U'：') && whole.size() <= 2 && digits_from(end + 1).size() == 2) {
      const auto minutes = digits_from(end + 1);
      const int hour =
          static_cast<int>(whole.size() == 2 ? (whole[0] - U'0') * 10 + (whole[1] - U'0') : whole[0] - U'0');
      out += to_utf32(clock_zh(hour, static_cast<int>((minutes[0] - U'0') * 10 + (minutes[1] - U'0'))));
      i = end + 3;
      continue;
    }
    std::u32string said = number_words(whole);
    if (next(0) == U'.' && is_digit(next(1))) {
      const auto part = digits_from(end + 1);
      end += 1 + part.size();
      // Money is said in its coins: 十二块五, 三块零五分, 一块二毛五. A sum without coins keeps the word that is written.
      if (part.size() <= 2 && (next(0) == U'元' || next(0) == U'块')) {
        const auto tenths = static_cast<std::size_t>(part[0] - U'0');
        const auto hundredths = part.size() == 2 ? static_cast<std::size_t>(part[1] - U'0') : 0;
        if (whole == U"2") said = U"两";
        const bool only_coins = whole == U"0" && tenths + hundredths > 0;
        if (tenths + hundredths == 0) {
          said += next(0);
        } else {
          said = only_coins ? std::u32string{} : said + U"块";
          if (tenths > 0) said += digit_names[tenths];
          if (tenths > 0 && (hundredths > 0 || only_coins)) said += U"毛";
          if (tenths == 0 && !only_coins) said += U"零";
          if (hundredths > 0) said += digit_names[hundredths];
          if (hundredths > 0 && (tenths == 0 || only_coins)) said += U"分";
        }
        ++end;
        if (end < text.size() && text[end] == U'钱') {
          said += U'钱';
          ++end;
        }
      } else {
        said += U"点" + digit_by_digit(part);
      }
    } else if (next(0) == U'年' && whole.size() == 4) {
      said = digit_by_digit(whole);
    } else if (whole == U"2" && measures.find(next(0)) != std::u32string_view::npos && next(0) != U'\0') {
      said = U"两";
    }
    if (next(0) == U'%') {
      said = U"百分之" + said;
      ++end;
    }
    out += said;
    i = end;
  }
  return out;
}

std::u32string plain_digits(std::string_view chinese) {
  std::u32string text;
  for (const char32_t c : to_utf32(chinese)) text += c >= 0xff10 && c <= 0xff19 ? c - 0xfee0 : c;
  return text;
}

int tone_of(std::string_view spoken) { return spoken.empty() ? 0 : spoken.back() - '0'; }

bool in(std::u32string_view set, char32_t c) { return set.find(c) != std::u32string_view::npos; }

bool starts_with_title(std::u32string_view rest) {
  return std::any_of(std::begin(kin_titles), std::end(kin_titles),
                     [&](auto title) { return rest.starts_with(title); });
}
bool is_title(std::u32string_view word) {
  return std::find(std::begin(kin_titles), std::end(kin_titles), word) != std::end(kin_titles);
}

constexpr char32_t name_begins = 0x2068, name_ends = 0x2069;

// 一 and 不 by the tone that follows. `is_number`: 一 counts, as in 第一 or 十一.
void change_tones(std::u32string_view text, std::vector<std::string>& spoken, const std::vector<bool>& fixed) {
  // `fixed` places keep their tone: word lists and names.
  constexpr std::u32string_view keeps_first_after = U"第初十廿零二三四五六七八九〇一期周";
  constexpr std::u32string_view keeps_first_before = U"月日号零一二三四五六七八九十点组班楼";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (fixed[i] || (text[i] != U'一' && text[i] != U'不')) continue;
    const bool has_next = i + 1 < text.size() && !spoken[i + 1].empty();
    const int tone = has_next ? tone_of(spoken[i + 1]) : 0;
    if (i > 0 && has_next && text[i - 1] == text[i + 1] && is_han(text[i - 1]) &&
        !in(keeps_first_after, text[i - 1])) {
      spoken[i] = text[i] == U'一' ? "yi5" : "bu5";  // 看一看, 好不好
      continue;
    }
    if (text[i] == U'不') {
      spoken[i] = tone == 4 ? "bu2" : "bu4";
      continue;
    }
    if (i > 0 && in(U"十第", text[i - 1])) continue;
    const bool counts =
        (i > 0 && in(keeps_first_after, text[i - 1])) || !has_next || in(keeps_first_before, text[i + 1]);
    // 一百, 一千 and 一万 change after a digit too, but 一十 does not.
    const bool before_unit = has_next && in(U"百千万亿", text[i + 1]);
    if (counts && !before_unit) continue;
    const bool as_fourth = tone == 4 || (has_next && text[i + 1] == U'个');
    spoken[i] = as_fourth ? "yi2" : "yi4";
  }
}

}  // namespace

std::string numbers_in_words(std::string_view chinese) {
  return to_utf8(with_words_for_numbers(plain_digits(chinese)));
}

std::size_t spoken_of_at(std::u32string_view text, std::size_t at) {
  const auto han = [&](std::size_t i) { return i < text.size() && text[i] >= 0x3400 && text[i] <= 0x9fff; };
  const auto title = [&](std::size_t from) {
    std::size_t longest = 0;
    for (const auto t : kin_titles)
      if (from < text.size() && text.substr(from).starts_with(t)) longest = std::max(longest, t.size());
    return longest;
  };
  if (!han(at)) return 0;
  if (const auto alone = title(at); alone > 0) return alone;
  if (text[at] == U'小') return han(at + 1) ? 2 : 0;
  // What a title follows is a surname where a word begins: 找王奶奶, but not the second half of 共享奶奶.
  if (at > 0 && han(at - 1) && !in(U"给叫找跟和是请让到来的", text[at - 1])) return 0;
  if (const auto follows = title(at + 1); follows > 0) return 1 + follows;
  return surname_length(text.substr(at)) == 2 && title(at + 2) > 0 ? 2 + title(at + 2) : 0;
}

std::string pinyin_for_speech(std::string_view chinese, bool is_name) {
  const std::u32string text = with_words_for_numbers(plain_digits(chinese));
  const Tables& all = tables();

  std::vector<std::string> spoken(text.size());
  std::vector<bool> fixed(text.size(), false);
  const auto put = [&](std::size_t at, const Spoken& syllables) {
    for (std::size_t k = 0; k < syllables.size(); ++k) {
      spoken[at + k] = syllables[k];
      fixed[at + k] = true;
    }
  };
  const auto view = std::u32string_view(text);
  bool named = is_name;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = text[i];
    if (c == name_begins || c == name_ends) {
      named = is_name || c == name_begins;
      ++i;
      continue;
    }
    const bool at_head = i == 0 || !is_han(text[i - 1]);
    const std::size_t surname = surname_length(view.substr(i));
    const bool titled = surname > 0 && starts_with_title(view.substr(i + surname));
    const bool spoken_of =
        titled && !in(everyday_words, c) && (at_head || surname == 2 || in(U"给叫找跟和是请让到", text[i - 1]));
    if (surname > 0 && ((named && at_head) || spoken_of)) {
      put(i, all.surnames.at(text.substr(i, surname)));
      i += surname;
      continue;
    }
    std::size_t length = 0;
    for (std::size_t tried = std::min(all.longest, text.size() - i); tried > 0 && length == 0; --tried) {
      if (named && !is_title(view.substr(i, tried))) continue;
      const auto found = all.phrases.find(text.substr(i, tried));
      if (found == all.phrases.end() || found->second.size() != tried) continue;
      put(i, found->second);
      length = tried;
    }
    if (length > 0) {
      i += length;
      continue;
    }
    const auto list = readings(c);
    if (c == U'〇') {
      spoken[i] = "ling2";
    } else if (!list.empty()) {
      const auto& table = named ? all.given : all.singles;
      const auto single = table.find(std::u32string(1, c));
      if (single != table.end()) {
        spoken[i] = single->second.front();
      } else {
        spoken[i] = std::string(list.front().syllable()) + std::to_string(list.front().tone());
      }
      if (i > 0 && c == text[i - 1] && in(doubled_kin, c)) spoken[i].back() = '5';
      if (i > 0 && c == U'子' && in(before_light_zi, text[i - 1]) && !named) spoken[i] = "zi5";
      if (i > 0 && c == U'儿' && in(U"今明后昨前这那哪会点玩劲事味花活伴门块样趟", text[i - 1]) && !named)
        spoken[i] = "er5";
      fixed[i] = named;
    }
    ++i;
  }
  change_tones(text, spoken, fixed);

  std::string out;
  const auto pause = [&](std::string_view mark) {
    while (!out.empty() && out.back() == ' ') out.pop_back();
    if (out.empty() || std::string_view(",.?!").find(out.back()) != std::string_view::npos) return;
    out += mark;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    if (!spoken[i].empty()) {
      if (!out.empty() && out.back() != ' ') out += ' ';
      out += spoken[i];
    } else if (is_letter(c)) {
      const bool joins = i > 0 && is_letter(text[i - 1]);
      if (!joins && !out.empty() && out.back() != ' ') out += ' ';
      out += static_cast<char>(folded(c));
    } else if (in(U"，、,；;：:", c) || c == U'\n') {
      pause(",");
    } else if (in(U"。.", c)) {
      pause(".");
    } else if (in(U"！!", c)) {
      pause("!");
    } else if (in(U"？?", c)) {
      pause("?");
    } else if (c != name_begins && c != name_ends && !out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace base
