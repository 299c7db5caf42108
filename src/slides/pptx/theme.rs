//! Colours and fonts.

use super::xml::NAMESPACES;

/// Colours by their names in a theme.
const COLOURS: [(&str, &str); 12] = [
    ("dk1", "1B1B1B"),
    ("lt1", "FFFFFF"),
    ("dk2", "1F2A44"),
    ("lt2", "F1F3F6"),
    ("accent1", "1D70B8"),
    ("accent2", "00703C"),
    ("accent3", "B25000"),
    ("accent4", "4C2C92"),
    ("accent5", "A8201A"),
    ("accent6", "505A5F"),
    ("hlink", "0B5394"),
    ("folHlink", "4C2C92"),
];

/// The theme of slides and of notes.
pub fn theme() -> String {
    let colours: String = COLOURS
        .iter()
        .map(|(name, value)| format!("<a:{name}><a:srgbClr val=\"{value}\"/></a:{name}>"))
        .collect();
    let font = "<a:latin typeface=\"Arial\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/>";
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    let line = format!("<a:ln w=\"9525\">{fill}</a:ln>");
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    format!(
        "<a:theme {NAMESPACES} name=\"casebook\"><a:themeElements>\
         <a:clrScheme name=\"casebook\">{colours}</a:clrScheme>\
         <a:fontScheme name=\"casebook\"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>\
         <a:fmtScheme name=\"casebook\"><a:fillStyleLst>{}</a:fillStyleLst><a:lnStyleLst>{}</a:lnStyleLst>\
         <a:effectStyleLst>{}</a:effectStyleLst><a:bgFillStyleLst>{}</a:bgFillStyleLst></a:fmtScheme>\
         </a:themeElements></a:theme>",
        fill.repeat(3),
        line.repeat(3),
        effect.repeat(3),
        fill.repeat(3),
    )
}

#[cfg(test)]
mod tests {
    use super::COLOURS;

    /// Relative luminance by WCAG 2.
    fn luminance(name: &str) -> f64 {
        let value = COLOURS.iter().find(|(known, _)| *known == name).expect("a colour").1;
        let channel = |at: usize| {
            let part = f64::from(u8::from_str_radix(&value[at..at + 2], 16).expect("hex")) / 255.0;
            if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
    }

    #[test]
    fn text_can_be_read_on_its_ground() {
        let pairs = [
            ("dk1", "lt1"),
            ("dk1", "lt2"),
            ("dk2", "lt1"),
            ("lt1", "dk2"),
            ("hlink", "lt1"),
            ("hlink", "lt2"),
            ("folHlink", "lt2"),
            ("accent6", "lt1"),
        ];
        for (text, ground) in pairs {
            let (one, other) = (luminance(text), luminance(ground));
            let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
            assert!(contrast >= 4.5, "{text} on {ground}: {contrast:.1}");
        }
    }
}
