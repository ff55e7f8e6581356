#include "portal/tokens.h"

#include <algorithm>
#include <cmath>

namespace foyer::portal {

namespace {

constexpr double FOR_TEXT = 4.5;
constexpr double FOR_INTERFACE = 3.0;

// `amount` of `over` laid on `under`, 0 to 1.
Colour mix(Colour under, Colour over, double amount) {
    Colour mixed = 0;
    for (unsigned shift = 0; shift <= 16; shift += 8) {
        const auto from = static_cast<double>((under >> shift) & 255U);
        const auto to = static_cast<double>((over >> shift) & 255U);
        mixed |= static_cast<Colour>(std::lround(from + (to - from) * amount)) << shift;
    }
    return mixed;
}

constexpr Colour WHITE = 0xFFFFFF;
constexpr Colour BLACK = 0x000000;

// The colour with more light in it: its channels in the same proportion for the first half of the way, so that it stays
// the town's colour as long as it can, then towards white.
Colour lighter(Colour colour, double amount) {
    constexpr double HALF = 0.5;
    const auto channel = [&](unsigned shift) { return static_cast<double>((colour >> shift) & 255U); };
    const double brightest = std::max({channel(16), channel(8), channel(0), 1.0});
    const double factor = 1 + (255.0 / brightest - 1) * std::min(amount / HALF, 1.0);
    Colour lit = 0;
    for (unsigned shift = 0; shift <= 16; shift += 8)
        lit |= static_cast<Colour>(std::lround(std::min(channel(shift) * factor, 255.0))) << shift;
    return mix(lit, WHITE, std::max(0.0, (amount - HALF) / HALF));
}

Colour lighter_until(Colour colour, const std::vector<Colour>& grounds, double least) {
    constexpr int STEPS = 400;
    for (int step = 0; step <= STEPS; ++step) {
        const Colour candidate = lighter(colour, static_cast<double>(step) / STEPS);
        bool told_apart = true;
        for (const Colour ground : grounds)
            told_apart = told_apart && contrast(candidate, ground) >= least;
        if (told_apart)
            return candidate;
    }
    return WHITE;
}

// As much of the colour on the page as the words that stand on it allow.
Colour tint_of(Colour page, Colour colour, double amount, const std::vector<Colour>& words) {
    constexpr int TRIES = 12; // a fifth less each time
    for (int tries = 0; tries < TRIES; ++tries, amount *= 0.8) {
        const Colour candidate = mix(page, colour, amount);
        bool told_apart = true;
        for (const Colour word : words)
            told_apart = told_apart && contrast(word, candidate) >= FOR_TEXT;
        if (told_apart)
            return candidate;
    }
    return page;
}

// A button that is pointed at or pressed goes away from its words, never towards them.
Colour deeper(Colour button, Colour words, double amount) {
    return mix(button, contrast(words, BLACK) > contrast(words, WHITE) ? BLACK : WHITE, amount);
}

void finish(Tokens& tokens, double amount) {
    tokens.button_hover = deeper(tokens.button, tokens.on_button, 0.18);
    tokens.button_pressed = deeper(tokens.button, tokens.on_button, 0.34);
    tokens.tint = tint_of(tokens.background, tokens.primary, amount, {tokens.text, tokens.primary});
    const auto tint = [&](Colour colour) {
        return tint_of(tokens.background, colour, amount, {tokens.text, tokens.muted, colour});
    };
    tokens.error_tint = tint(tokens.error);
    tokens.warning_tint = tint(tokens.warning);
    tokens.success_tint = tint(tokens.success);
    tokens.information_tint = tint(tokens.information);
}

Tokens by_day(const Theme& theme) {
    Tokens tokens;
    tokens.primary = theme.primary;
    tokens.on_primary = theme.primary_text;
    tokens.button = theme.button;
    tokens.on_button = theme.button_text;
    tokens.focus = theme.focus;
    tokens.background = theme.background;
    tokens.ground = tint_of(theme.background, mix(theme.text, theme.primary, 0.5), 0.06, {theme.text, theme.primary});
    tokens.surface = theme.surface;
    tokens.fixed = tint_of(theme.background, theme.text, 0.07, {theme.text});
    tokens.track = mix(theme.background, theme.text, 0.12);
    tokens.border = theme.border;
    tokens.separator = mix(theme.background, theme.text, 0.14);
    tokens.text = theme.text;
    tokens.muted = theme.muted_text;
    tokens.disabled = mix(theme.background, theme.text, 0.55);
    tokens.error = theme.error;
    tokens.warning = theme.warning;
    tokens.success = theme.success;
    // The theme has no colour for news that is neither good nor bad: the town's own.
    tokens.information = theme.primary;
    finish(tokens, 0.07);
    return tokens;
}

Tokens by_night(const Theme& theme) {
    Tokens tokens;
    // A breath of the town's colour in the dark, and light that does not glare.
    tokens.ground = mix(0x0C0D10, theme.primary, 0.05);
    tokens.background = mix(0x16181D, theme.primary, 0.08);
    tokens.surface = mix(tokens.background, WHITE, 0.05);
    tokens.fixed = mix(tokens.background, WHITE, 0.02);
    tokens.track = mix(tokens.background, WHITE, 0.16);
    tokens.separator = mix(tokens.background, WHITE, 0.17);
    tokens.text = 0xECEEF3;
    tokens.muted = 0xB9BDC8;
    tokens.disabled = 0x8F95A3;
    const std::vector<Colour> grounds = {tokens.background, tokens.surface};
    // More than words need, so that a tint of the same colour can stand behind them.
    constexpr double ON_TINT = FOR_TEXT + 1.5;
    tokens.primary = lighter_until(theme.primary, grounds, ON_TINT);
    tokens.on_primary = tokens.ground;
    tokens.focus = lighter_until(theme.focus, grounds, FOR_TEXT);
    tokens.border = lighter_until(mix(tokens.background, WHITE, 0.3), grounds, FOR_INTERFACE + 0.5);
    tokens.error = lighter_until(theme.error, grounds, ON_TINT);
    tokens.warning = lighter_until(theme.warning, grounds, ON_TINT);
    tokens.success = lighter_until(theme.success, grounds, ON_TINT);
    tokens.information = tokens.primary;
    // The button keeps its own colour as far as it can be seen; then whichever words are read better on it.
    tokens.button = lighter_until(theme.button, grounds, FOR_INTERFACE);
    tokens.on_button = contrast(WHITE, tokens.button) >= FOR_TEXT ? WHITE : BLACK; // one of them always is
    if (contrast(theme.button_text, tokens.button) >= FOR_TEXT)
        tokens.on_button = theme.button_text;
    finish(tokens, 0.14);
    return tokens;
}

} // namespace

Tokens tokens_of(const Theme& theme, Light light) { return light == Light::day ? by_day(theme) : by_night(theme); }

const std::vector<NamedToken>& named_tokens() {
    static const std::vector<NamedToken> NAMES = {
        {"primary", &Tokens::primary},
        {"on-primary", &Tokens::on_primary},
        {"button", &Tokens::button},
        {"on-button", &Tokens::on_button},
        {"button-hover", &Tokens::button_hover},
        {"button-pressed", &Tokens::button_pressed},
        {"tint", &Tokens::tint},
        {"focus", &Tokens::focus},
        {"ground", &Tokens::ground},
        {"background", &Tokens::background},
        {"surface", &Tokens::surface},
        {"fixed", &Tokens::fixed},
        {"track", &Tokens::track},
        {"border", &Tokens::border},
        {"separator", &Tokens::separator},
        {"text", &Tokens::text},
        {"muted", &Tokens::muted},
        {"disabled", &Tokens::disabled},
        {"error", &Tokens::error},
        {"error-tint", &Tokens::error_tint},
        {"warning", &Tokens::warning},
        {"warning-tint", &Tokens::warning_tint},
        {"success", &Tokens::success},
        {"success-tint", &Tokens::success_tint},
        {"information", &Tokens::information},
        {"information-tint", &Tokens::information_tint},
    };
    return NAMES;
}

std::vector<TokenPair> poor_contrasts(const Tokens& tokens) {
    struct Rule {
        Colour Tokens::*front;
        std::vector<Colour Tokens::*> behind;
        double least;
    };
    using T = Tokens;
    static const std::vector<Rule> RULES = {
        {&T::text,
         {&T::background, &T::surface, &T::fixed, &T::tint, &T::ground, &T::error_tint, &T::warning_tint,
          &T::success_tint, &T::information_tint},
         FOR_TEXT},
        {&T::muted, {&T::background, &T::surface, &T::error_tint, &T::success_tint, &T::information_tint}, FOR_TEXT},
        {&T::primary, {&T::ground, &T::background, &T::surface, &T::tint}, FOR_TEXT},
        {&T::on_primary, {&T::primary}, FOR_TEXT},
        {&T::on_button, {&T::button, &T::button_hover, &T::button_pressed}, FOR_TEXT},
        {&T::error, {&T::background, &T::surface, &T::error_tint}, FOR_TEXT},
        {&T::warning, {&T::background, &T::surface, &T::warning_tint}, FOR_TEXT},
        {&T::success, {&T::background, &T::surface, &T::success_tint}, FOR_TEXT},
        {&T::information, {&T::background, &T::information_tint}, FOR_TEXT},
        {&T::button, {&T::background, &T::surface}, FOR_INTERFACE},
        {&T::border, {&T::background, &T::surface}, FOR_INTERFACE},
        {&T::focus, {&T::background, &T::surface}, FOR_INTERFACE},
    };
    const auto name_of = [](Colour Tokens::*member) {
        for (const NamedToken& token : named_tokens())
            if (token.colour == member)
                return token.name;
        return "";
    };
    std::vector<TokenPair> poor;
    for (const Rule& rule : RULES)
        for (Colour Tokens::*behind : rule.behind) {
            const double ratio = contrast(tokens.*rule.front, tokens.*behind);
            if (ratio < rule.least)
                poor.push_back({name_of(rule.front), name_of(behind), rule.least, ratio});
        }
    return poor;
}

} // namespace foyer::portal
