// Result<T, E>: a value or the reason there is none. shared/ and wasm-client/ throw nothing; a function that can
// fail on its input returns one of these, and the compiler warns when nobody looks at it.
#pragma once

#include <cstdlib>
#include <utility>
#include <variant>

namespace foyer {

// Wraps the error on its way out: return Failure{ProblemCode::too_long};
template <typename E> struct Failure { E error; };
template <typename E> Failure(E) -> Failure<E>;

template <typename T, typename E> class [[nodiscard]] Result {
public:
    // A function returns its value, or a Failure, as it is.
    Result(T value) : m_content(std::in_place_index<0>, std::move(value)) {}
    Result(Failure<E> failure) : m_content(std::in_place_index<1>, std::move(failure.error)) {}

    [[nodiscard]] bool has_value() const { return m_content.index() == 0; }
    explicit operator bool() const { return has_value(); }

    // Asking for what is not there is a programmer's mistake, never a matter of input: it ends the program.
    [[nodiscard]] const T& value() const& { return *checked(std::get_if<0>(&m_content)); }
    [[nodiscard]] T& value() & { return *checked(std::get_if<0>(&m_content)); }
    [[nodiscard]] T&& value() && { return std::move(*checked(std::get_if<0>(&m_content))); }
    [[nodiscard]] const E& error() const& { return *checked(std::get_if<1>(&m_content)); }

    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    [[nodiscard]] T value_or(T otherwise) const& { return has_value() ? value() : std::move(otherwise); }

private:
    template <typename P> static P* checked(P* pointer) {
        if (!pointer)
            std::abort();
        return pointer;
    }
    std::variant<T, E> m_content;
};

// For operations that give nothing but may fail: return Done{};
struct Done {};

} // namespace foyer
