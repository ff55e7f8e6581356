// A file of families on its way from somebody's screen: it comes in parts, is looked at, and is then imported exactly
// as it was shown, or not at all. The files are in memory only, some minutes long: they hold a town's families, so they
// are in no folder and no backup, and after a restart the file is chosen again.
//
// Any thread. One file is looked at or imported at a time, which bounds memory and work; the others are told to wait.
#pragma once

#include "base/clock.h"
#include "households/family_import.h"
#include "security/crypto.h"
#include "store/staff.h"

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace foyer::server::households {

struct ImportRefusal {
    enum class Kind {
        gone,        // done, given up, too old, never there, or somebody else's
        too_large,   // than LARGEST_IMPORT
        place,       // not the part that comes next
        incomplete,  // it has not arrived as a whole
        busy,        // another one is being looked at, or too many are held
        not_checked, // nobody has seen what it would do
        changed,     // it would no longer do what was shown
        bad_lines,   // and nobody has agreed to leave them out
        storage,
    };
    Kind kind = Kind::gone;
    std::size_t received = 0; // `place`: bytes that are there
};

class ImportDesk {
public:
    ImportDesk(store::HouseholdStore& households, security::RandomSource& random, const Clock& clock)
        : m_households(households), m_random(random), m_clock(clock) {}

    static constexpr std::size_t LARGEST_PART = std::size_t{512} * 1024; // bytes
    static constexpr std::size_t MOST_HELD = 4;                          // files
    static constexpr UnixSeconds HELD_SECONDS = UnixSeconds{30} * 60;    // since somebody last asked about it

    struct Owner {
        std::string portal;
        store::StaffId staff;
    };

    // Gives the import's id. Whoever begins another one gives up the one before.
    Result<std::string, ImportRefusal> begin(const Owner& owner, std::size_t bytes);
    // Gives how many bytes are there now. A part that is there already may be sent again.
    Result<std::size_t, ImportRefusal> add(const Owner& owner, const std::string& id, std::size_t at,
                                           std::string_view part);
    // Reads the file and says what it would do; the plan is kept for whoever looks at it line by line.
    Result<std::shared_ptr<const ImportPlan>, ImportRefusal> check(const Owner& owner, const std::string& id,
                                                                   const RowRules& rules);
    // The last one that was shown.
    Result<std::shared_ptr<const ImportPlan>, ImportRefusal> shown(const Owner& owner, const std::string& id);
    // `digest`: of the plan that was shown. The plan that was written, without its rows; asked again, the same answer.
    Result<std::shared_ptr<const ImportPlan>, ImportRefusal> write(const Owner& owner, const std::string& id,
                                                                   const std::string& digest, OnBadLines bad_lines,
                                                                   const RowRules& rules,
                                                                   const store::NewAuditLine& line);
    // Harmless when it is gone.
    void give_up(const Owner& owner, const std::string& id);

private:
    struct Held {
        Owner owner;
        std::size_t size = 0;
        std::string bytes;
        std::shared_ptr<const ImportPlan> shown;
        std::shared_ptr<const ImportPlan> written;
        UnixSeconds used_at = 0;
    };
    using HeldPointer = std::shared_ptr<Held>;

    // With the lock held.
    void forget_old();
    HeldPointer find(const Owner& owner, const std::string& id);

    store::HouseholdStore& m_households;
    security::RandomSource& m_random;
    const Clock& m_clock;
    std::mutex m_mutex; // of what is below
    std::map<std::string, HeldPointer> m_held;
    std::mutex m_work; // held by whoever reads or writes a whole file
};

} // namespace foyer::server::households
