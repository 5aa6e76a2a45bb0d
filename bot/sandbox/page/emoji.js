/** The emoji that Slack writes as `:name:`, those that are likely to be met. */

const TABLE = `
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ warning ⚠️ no_entry ⛔ exclamation ❗ question ❓
information_source ℹ️ bulb 💡 bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 calendar 📅 date 📅 spiral_calendar_pad 🗓️ clock9 🕘
alarm_clock ⏰ hourglass ⌛ hourglass_flowing_sand ⏳ stopwatch ⏱️ memo 📝 pencil 📝 pencil2 ✏️ clipboard 📋 page_facing_up 📄
bookmark_tabs 📑 books 📚 book 📖 file_folder 📁 paperclip 📎 link 🔗 pushpin 📌 round_pushpin 📍 bar_chart 📊
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 world_map 🗺️ globe_with_meridians 🌐 compass 🧭 mag 🔍 lock 🔒 unlock 🔓
key 🔑 email 📧 envelope ✉️ incoming_envelope 📨 inbox_tray 📥 outbox_tray 📤 telephone_receiver 📞 phone ☎️ computer 💻 gear ⚙️
wrench 🔧 hammer_and_wrench 🛠️ rocket 🚀 tada 🎉 sparkles ✨ star ⭐ fire 🔥 eyes 👀 wave 👋 raised_hands 🙌 clap 👏 pray 🙏
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 point_right 👉 point_down 👇 handshake 🤝 raising_hand 🙋 speech_balloon 💬
thought_balloon 💭 busts_in_silhouette 👥 bust_in_silhouette 👤 classical_building 🏛️ maple_leaf 🍁 flag-ca 🇨🇦 snowflake ❄️
sunrise 🌅 crescent_moon 🌙 zzz 💤 smile 😄 slightly_smiling_face 🙂 wink 😉 thinking_face 🤔 cry 😢 heart ❤️ green_heart 💚
red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 white_circle ⚪
arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrows_counterclockwise 🔄 heavy_plus_sign ➕ heavy_minus_sign ➖ robot_face 🤖`;

const words = TABLE.trim().split(/\s+/);
const named = new Map();
for (let at = 0; at < words.length; at += 2) named.set(words[at], words[at + 1]);

/**
 * An emoji; what was written where there is none of that name.
 * @param {string} name without its colons
 * @returns {string}
 */
export const emoji = (name) => named.get(name) ?? `:${name}:`;
