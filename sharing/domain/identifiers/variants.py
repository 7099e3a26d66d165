"""Characters of names that are one character in a register: traditional forms, and their standard ones.

Which pairs are here, and why not more:

- The left one is written in passports, on old papers and in Hong Kong, Macau and Taiwan; a mainland register
  writes the right one for it (简化字总表, 1986; 通用规范汉字表, 2013). None of the left ones is in GB 2312, all of
  the right ones are, and both sound alike: tests hold the table to that.
- Characters that the list of 2013 holds as standard by themselves are never folded, however alike: 肖/萧, 闫/阎,
  付/傅, 邱/丘, 喆/哲, 堃/坤 are different names in the register, and may be two persons of one unit.
- Common surnames, and characters that are common in given names. A rare one that is missing costs a hit between a paper
  in traditional characters and one in simplified ones; a wrong one would make two persons one.
"""

from __future__ import annotations

_SURNAMES = (
    "張张 陳陈 劉刘 楊杨 黃黄 趙赵 吳吴 孫孙 馬马 鄭郑 謝谢 許许 鄧邓 馮冯 韓韩 蕭萧 葉叶 蔣蒋 呂吕 蘇苏 盧卢 賈贾 龍龙 鐘钟 "
    "譚谭 鄒邹 陸陆 閻阎 賴赖 龔龚 錢钱 湯汤 顧顾 嚴严 萬万 龐庞 魯鲁 聶聂 關关 齊齐 莊庄 駱骆 紀纪 項项 歐欧 畢毕 藺蔺 竇窦 "
    "饒饶 闕阙 衛卫 陽阳 鄔邬 華华 儲储 淩凌 婁娄 諸诸 買买 連连 榮荣 麥麦 懷怀 薩萨 簡简 寧宁 羅罗 鮑鲍 賀贺 郟郏 鄺邝 顏颜 "
    "喬乔 費费 車车 單单 應应 時时 談谈 養养 韋韦 溫温"
)
_GIVEN_NAMES = (
    "國国 強强 軍军 偉伟 傑杰 輝辉 東东 麗丽 紅红 蘭兰 鳳凤 瓊琼 瑩莹 穎颖 靜静 曉晓 貴贵 寶宝 學学 興兴 慶庆 義义 禮礼 賢贤 "
    "聖圣 達达 遠远 進进 鋒锋 鋼钢 鐵铁 銀银 錦锦 鎮镇 銘铭 鵬鹏 鴻鸿 濤涛 澤泽 潔洁 漢汉 淵渊 濟济 滿满 潤润 嶽岳 嶺岭 島岛 "
    "嵐岚 維维 綱纲 紹绍 經经 綺绮 絹绢 純纯 緒绪 纓缨 詩诗 誠诚 謙谦 諾诺 譽誉 謹谨 讓让 議议 詠咏 贊赞 賓宾 財财 貞贞 順顺 "
    "頌颂 頻频 願愿 飛飞 馳驰 駿骏 驍骁 騰腾 驊骅 驥骥 權权 樹树 棟栋 樺桦 楓枫 橋桥 樂乐 桿杆 極极 業业 勝胜 勳勋 勵励 動动 "
    "勞劳 啟启 喚唤 園园 圓圆 報报 場场 壯壮 壽寿 夢梦 奮奋 嫻娴 嬌娇 孌娈 實实 寬宽 審审 將将 專专 對对 導导 屬属 帥帅 師师 "
    "幟帜 廣广 廬庐 彌弥 從从 復复 恆恒 憲宪 懇恳 戰战 搖摇 揚扬 撫抚 擇择 晝昼 暢畅 曄晔 書书 會会 條条 瑪玛 瑤瑶 璣玑 環环 "
    "瑋玮 畫画 發发 盡尽 禎祯 禪禅 種种 穩稳 競竞 節节 範范 築筑 紋纹 聯联 聰聪 肅肃 艷艳 芻刍 莖茎 萊莱 蓮莲 薈荟 藝艺 蘆芦 "
    "處处 虛虚 號号 衝冲 裝装 補补 覺觉 親亲 觀观 語语 調调 諭谕 豐丰 質质 軒轩 輕轻 轉转 選选 遙遥 邊边 鄉乡 醫医 釗钊 鈞钧 "
    "鈺钰 鑒鉴 鑄铸 長长 開开 閃闪 閏闰 闊阔 陣阵 際际 雙双 雲云 電电 靈灵 韻韵 響响 類类 顯显 驚惊 鶴鹤 鷹鹰 鸞鸾 龜龟"
)

VARIANTS: dict[str, str] = {pair[0]: pair[1] for pair in f"{_SURNAMES} {_GIVEN_NAMES}".split()}
