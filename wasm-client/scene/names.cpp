#include "scene/names.h"

namespace foyer::scene {

std::string_view name(Role role) {
    switch (role) {
    case Role::form:
        return "form";
    case Role::group:
        return "group";
    case Role::heading:
        return "heading";
    case Role::paragraph:
        return "paragraph";
    case Role::text:
        return "text";
    case Role::password:
        return "password";
    case Role::combobox:
        return "combobox";
    case Role::select:
        return "select";
    case Role::radio:
        return "radio";
    case Role::checkbox:
        return "checkbox";
    case Role::button:
        return "button";
    case Role::link:
        return "link";
    case Role::error_summary:
        return "error_summary";
    case Role::status:
        return "status";
    case Role::progress:
        return "progress";
    case Role::table:
        return "table";
    case Role::suggestion:
        return "suggestion";
    case Role::figure:
        return "figure";
    case Role::notice:
        return "notice";
    }
    return "paragraph";
}

std::string_view name(Emphasis emphasis) {
    switch (emphasis) {
    case Emphasis::normal:
        return "normal";
    case Emphasis::primary:
        return "primary";
    case Emphasis::secondary:
        return "secondary";
    case Emphasis::quiet:
        return "quiet";
    case Emphasis::success:
        return "success";
    case Emphasis::warning:
        return "warning";
    case Emphasis::danger:
        return "danger";
    }
    return "normal";
}

std::string_view name(Icon icon) {
    switch (icon) {
    case Icon::none:
        return "none";
    case Icon::tick:
        return "tick";
    case Icon::arrow_left:
        return "arrow-left";
    case Icon::arrow_right:
        return "arrow-right";
    case Icon::eye:
        return "eye";
    case Icon::eye_off:
        return "eye-off";
    case Icon::information:
        return "information";
    case Icon::warning:
        return "warning";
    case Icon::error:
        return "error";
    case Icon::external:
        return "external";
    case Icon::clock:
        return "clock";
    case Icon::house:
        return "house";
    case Icon::tree:
        return "tree";
    case Icon::bicycle:
        return "bicycle";
    case Icon::boat:
        return "boat";
    case Icon::sun:
        return "sun";
    case Icon::umbrella:
        return "umbrella";
    case Icon::key:
        return "key";
    case Icon::book:
        return "book";
    }
    return "none";
}

} // namespace foyer::scene
