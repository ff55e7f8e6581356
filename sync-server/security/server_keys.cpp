#include "security/server_keys.h"

#include "wire/encoding.h"
#include "wire/json.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace foyer::server::security {

namespace {

constexpr std::int64_t VERSION = 1;
constexpr std::size_t MAXIMUM_FILE_BYTES = 64 * 1024;
constexpr std::size_t ID_BYTES = 8;

class File {
public:
    File(const std::string& path, int flags, mode_t mode = 0)
        : m_descriptor(open(path.c_str(), flags | O_CLOEXEC, mode)) {}
    ~File() {
        if (m_descriptor >= 0)
            close(m_descriptor);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] bool is_open() const { return m_descriptor >= 0; }
    [[nodiscard]] int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
};

std::string id_of(const PrivateKey& key) { return thumbprint(key.public_point()).value_or("").substr(0, ID_BYTES); }

ServerKey fresh_key() {
    PrivateKey key = PrivateKey::generate();
    std::string id = id_of(key);
    return {std::move(id), std::move(key)};
}

std::optional<ServerKey> read_key(const std::string& text) {
    const std::optional<std::string> scalar = wire::decode_base64(text);
    std::optional<PrivateKey> key = scalar ? PrivateKey::from_bytes(*scalar) : std::nullopt;
    if (!key)
        return std::nullopt;
    std::string id = id_of(*key);
    return ServerKey{std::move(id), std::move(*key)};
}

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// Whole or not at all: a half-written file of keys would make every waiting envelope unreadable.
bool store(const std::string& path, std::string_view text) {
    const std::string temporary = path + ".new";
    unlink(temporary.c_str());
    {
        const File file(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
        if (!file.is_open() || !write_all(file.descriptor(), text) || fsync(file.descriptor()) != 0) {
            unlink(temporary.c_str());
            return false;
        }
    }
    if (rename(temporary.c_str(), path.c_str()) != 0) {
        unlink(temporary.c_str());
        return false;
    }
    const File folder(folder_of(path), O_RDONLY | O_DIRECTORY);
    return folder.is_open() && fsync(folder.descriptor()) == 0;
}

std::string write_keys(const std::vector<ServerKey>& sealing, const ServerKey& signing) {
    wire::Json list = wire::Json::array();
    for (const ServerKey& key : sealing)
        list.push(wire::encode_base64(key.key.private_bytes()));
    return wire::write_json(wire::Json::object()
                                .set("version", VERSION)
                                .set("sealing", std::move(list))
                                .set("signing", wire::encode_base64(signing.key.private_bytes()))) +
           "\n";
}

} // namespace

std::string describe(const KeysError& error) {
    switch (error.reason) {
    case KeysError::Reason::unreadable:
        return "cannot read the server's keys in " + error.path;
    case KeysError::Reason::too_open:
        return "the server's keys in " + error.path + " can be read by others: chmod 600 " + error.path;
    case KeysError::Reason::not_a_keys_file:
        return error.path +
               " does not hold the server's keys (or is damaged): restore it from a backup; a new one could "
               "not open what waits on people's devices";
    case KeysError::Reason::not_writable:
        break;
    }
    return "cannot write the server's keys to " + error.path;
}

ServerKeys ServerKeys::generate() { return ServerKeys({fresh_key()}, fresh_key()); }

Result<ServerKeys, KeysError> ServerKeys::load_or_create(const std::string& path) {
    const auto refused = [&path](KeysError::Reason reason) { return Failure{KeysError{reason, path}}; };
    const File file(path, O_RDONLY);
    if (!file.is_open()) {
        if (errno != ENOENT)
            return refused(KeysError::Reason::unreadable);
        ServerKeys keys = generate();
        if (!store(path, write_keys(keys.m_sealing, keys.m_signing)))
            return refused(KeysError::Reason::not_writable);
        return keys;
    }
    struct stat status {};
    if (fstat(file.descriptor(), &status) != 0 || !S_ISREG(status.st_mode))
        return refused(KeysError::Reason::unreadable);
    if ((status.st_mode & 077) != 0)
        return refused(KeysError::Reason::too_open);
    if (status.st_size < 0 || static_cast<std::size_t>(status.st_size) > MAXIMUM_FILE_BYTES)
        return refused(KeysError::Reason::not_a_keys_file);
    std::string text(static_cast<std::size_t>(status.st_size), '\0');
    if (read(file.descriptor(), text.data(), text.size()) != status.st_size)
        return refused(KeysError::Reason::unreadable);

    const Result<wire::Json, wire::JsonError> json = wire::parse_json(text);
    if (!json)
        return refused(KeysError::Reason::not_a_keys_file);
    std::vector<wire::JsonMistake> mistakes;
    wire::JsonReader root(*json, mistakes);
    (void)root.member("version").integer(VERSION, VERSION);
    std::vector<ServerKey> sealing;
    std::vector<wire::JsonReader> stored = root.member("sealing").elements();
    for (wire::JsonReader& element : stored)
        if (std::optional<ServerKey> key = read_key(element.text()))
            sealing.push_back(std::move(*key));
    std::optional<ServerKey> signing = read_key(root.member("signing").text());
    root.refuse_unknown_members();
    if (!mistakes.empty() || sealing.empty() || sealing.size() != stored.size() || !signing)
        return refused(KeysError::Reason::not_a_keys_file);
    return ServerKeys(std::move(sealing), std::move(*signing));
}

Result<ServerKeys, KeysError> ServerKeys::with_new_sealing_key(const std::string& path) const {
    std::vector<ServerKey> sealing{fresh_key()};
    sealing.insert(sealing.end(), m_sealing.begin(), m_sealing.end());
    if (!store(path, write_keys(sealing, m_signing)))
        return Failure{KeysError{KeysError::Reason::not_writable, path}};
    return ServerKeys(std::move(sealing), m_signing);
}

std::string ServerKeys::derived_secret(std::string_view purpose) const {
    return hmac_sha256(m_signing.key.private_bytes(), purpose);
}

const ServerKey* ServerKeys::find_sealing_key(std::string_view id) const {
    for (const ServerKey& key : m_sealing)
        if (key.id == id)
            return &key;
    return nullptr;
}

} // namespace foyer::server::security
