// The stores of store/*.h on one SQLite file.
#pragma once

#include "sqlite/database.h"
#include "store/accounts.h"
#include "store/audit.h"
#include "store/counter.h"
#include "store/exports.h"
#include "store/households.h"
#include "store/keys.h"
#include "store/mails.h"
#include "store/portals.h"
#include "store/privacy.h"
#include "store/queue.h"
#include "store/snapshots.h"
#include "store/staff.h"
#include "store/submissions.h"
#include "store/webhooks.h"

namespace foyer::server::sqlite {

class SqliteStore final : public store::AccountStore,
                          public store::AuditStore,
                          public store::CounterStore,
                          public store::ExportStore,
                          public store::HouseholdStore,
                          public store::KeyStore,
                          public store::MailStore,
                          public store::PortalStore,
                          public store::PrivacyStore,
                          public store::QueueStore,
                          public store::SnapshotStore,
                          public store::StaffStore,
                          public store::SubmissionStore,
                          public store::WebhookStore {
public:
    // The database must outlive the store.
    explicit SqliteStore(Database& database) : m_database(database) {}

    Result<Done, store::StoreError> publish(const store::PublishedPortal& portal, UnixSeconds now) override;
    Result<std::vector<store::PublishedPortal>, store::StoreError> all_revisions() override;

    Result<store::Accepted, store::StoreError> accept(const store::NewRegistration& registration) override;
    Result<store::Accepted, store::StoreError> accept(const store::NewRequest& request) override;
    Result<store::Accepted, store::StoreError> accept(const store::NewCorrection& correction) override;
    Result<std::optional<store::StoredEnvelope>, store::StoreError>
    find_envelope(const std::string& envelope_id) override;
    Result<std::optional<store::PasswordJob>, store::StoreError> next_password_job(std::int64_t after) override;
    Result<Done, store::StoreError> finish_password_job(const store::PasswordJob& job,
                                                        const std::string& hash) override;
    Result<std::optional<store::SubmissionRecord>, store::StoreError>
    find_submission(const std::string& portal, const std::string& number) override;
    Result<std::optional<store::SubmissionRecord>, store::StoreError>
    find_submission_of(store::AccountId account, const std::string& envelope_id) override;
    Result<std::vector<store::SubmissionRecord>, store::StoreError>
    list_submissions(const store::SubmissionFilter& filter) override;
    Result<bool, store::StoreError> decide(std::int64_t submission, const DecisionWork& work) override;

    Result<std::optional<store::Household>, store::StoreError> household_of(store::AccountId account) override;
    Result<std::optional<store::Household>, store::StoreError> find_family(const std::string& portal,
                                                                           const std::string& family_id) override;
    Result<std::vector<store::Household>, store::StoreError> households_of(const std::string& portal) override;
    Result<std::optional<store::Household>, store::StoreError> family(const std::string& portal,
                                                                      store::HouseholdId household) override;
    Result<std::vector<store::FamilyRow>, store::StoreError> families(const store::FamilyQuestion& question) override;
    Result<std::int64_t, store::StoreError> count_without_key(const store::FamilyQuestion& question) override;
    Result<int, store::StoreError> import(const std::string& portal, const ImportWork& work, UnixSeconds now) override;

    Result<std::vector<std::int64_t>, store::StoreError> issue(const std::vector<store::NewKey>& keys,
                                                               const store::NewAuditLine& line) override;
    Result<std::vector<store::KeyRecord>, store::StoreError> keys(const store::KeyQuestion& question) override;
    Result<std::int64_t, store::StoreError> revoke(const store::KeyRevocation& revocation,
                                                   const store::NewAuditLine& line) override;
    Result<store::InviteOutcome, store::StoreError> invite(const store::NewInvitation& invitation) override;

    Result<std::optional<store::AccountSnapshot>, store::StoreError> snapshot(store::AccountId account, int limit,
                                                                              UnixSeconds now) override;
    Result<std::int64_t, store::StoreError> cursor_of(store::AccountId account) override;
    Result<std::int64_t, store::StoreError> last_change() override;
    Result<std::vector<store::AccountId>, store::StoreError> changed_since(std::int64_t cursor) override;

    Result<std::optional<store::ActivationView>, store::StoreError> activation(store::AccountId account) override;
    Result<store::ActivationOutcome, store::StoreError> activate(const store::Activation& activation) override;
    Result<std::vector<store::Account>, store::StoreError> find_by_contact(const std::string& portal,
                                                                           const std::string& identifier_key,
                                                                           const std::string& email_key) override;
    Result<Done, store::StoreError> renew_activation(store::AccountId account, const std::string& key_hash,
                                                     store::NewMail mail, UnixSeconds now) override;
    Result<Done, store::StoreError> request_reset(store::AccountId account, const std::string& key_hash,
                                                  const std::function<store::NewMail(store::ResetId)>& make_mail,
                                                  UnixSeconds now) override;
    Result<std::optional<store::Account>, store::StoreError>
    account_of_reset(store::ResetId reset, const std::string& key_hash, UnixSeconds oldest_accepted) override;
    Result<store::ResetOutcome, store::StoreError> reset_password(store::ResetId reset, const std::string& key_hash,
                                                                  const std::string& password_hash,
                                                                  UnixSeconds oldest_accepted,
                                                                  UnixSeconds now) override;
    Result<std::optional<store::Credentials>, store::StoreError>
    credentials(const std::string& portal, const std::string& identifier_key) override;
    Result<std::optional<store::Account>, store::StoreError> find(store::AccountId account) override;
    Result<std::optional<store::Credentials>, store::StoreError> credentials_of(store::AccountId account) override;
    Result<Done, store::StoreError> change_password(const store::PasswordChange& change) override;
    Result<std::optional<store::EmailChange>, store::StoreError> email_change(store::EmailChangeId change,
                                                                              const std::string& key_hash) override;
    Result<store::ResetOutcome, store::StoreError> confirm_email(const store::EmailConfirmation& confirmation) override;
    Result<store::Answers, store::StoreError> profile_of(store::AccountId account) override;
    Result<Done, store::StoreError> bind_device(const std::string& portal, const std::string& thumbprint,
                                                const std::string& public_key, store::AccountId account,
                                                UnixSeconds now, const std::string& label) override;
    Result<Done, store::StoreError> unbind_device(const std::string& portal, const std::string& thumbprint) override;
    Result<bool, store::StoreError> unbind_device_of(store::AccountId account, const std::string& thumbprint) override;
    Result<Done, store::StoreError> device_seen(const std::string& portal, const std::string& thumbprint,
                                                UnixSeconds now) override;
    Result<std::vector<store::Device>, store::StoreError> devices_of(store::AccountId account) override;
    Result<std::optional<store::Account>, store::StoreError> account_of_device(const std::string& portal,
                                                                               const std::string& thumbprint) override;
    Result<std::vector<store::SubmissionSummary>, store::StoreError> submissions_of(store::AccountId account,
                                                                                    int limit) override;

    Result<std::vector<store::QueuedMail>, store::StoreError> lease(int limit, UnixSeconds now,
                                                                    UnixSeconds lease_until) override;
    Result<Done, store::StoreError> end_leases() override;
    Result<std::optional<UnixSeconds>, store::StoreError> next_due() override;
    Result<Done, store::StoreError> mark_sent(std::int64_t mail, bool keep_text, UnixSeconds now) override;
    Result<Done, store::StoreError> retry_later(std::int64_t mail, UnixSeconds next_attempt,
                                                const std::string& reason) override;
    Result<Done, store::StoreError> mark_dead(std::int64_t mail, const std::string& reason, UnixSeconds now) override;
    Result<std::vector<store::MailSummary>, store::StoreError> latest(int limit) override;
    Result<std::optional<store::QueuedMail>, store::StoreError> find(std::int64_t mail) override;

    Result<Done, store::StoreError> add_audit_line(const store::NewAuditLine& line) override;
    Result<std::vector<store::AuditLine>, store::StoreError> audit_lines(const std::string& portal, std::int64_t after,
                                                                         int limit) override;
    Result<std::vector<store::AuditLine>, store::StoreError>
    latest_audit_lines(const std::string& portal, std::int64_t before, int limit) override;
    Result<store::AuditVerdict, store::StoreError> verify_audit(const std::string& portal) override;

    Result<std::optional<store::StaffMember>, store::StoreError> find_staff(const std::string& portal,
                                                                            store::StaffId staff) override;
    Result<std::optional<store::StaffMember>, store::StoreError> find_staff(const std::string& portal,
                                                                            const std::string& email_key) override;
    Result<std::vector<store::StaffMember>, store::StoreError> staff_of(const std::string& portal) override;
    Result<std::optional<store::StaffCredentials>, store::StoreError>
    staff_credentials(const std::string& portal, const std::string& email_key) override;
    Result<std::optional<store::StaffCredentials>, store::StoreError>
    staff_credentials_of(store::StaffId staff) override;
    Result<std::optional<store::StaffId>, store::StoreError> add_staff(const store::NewStaffMember& member,
                                                                       store::NewAuditLine line) override;
    Result<store::StaffChangeOutcome, store::StoreError> change_staff(const store::StaffChange& change,
                                                                      const store::NewAuditLine& line) override;
    Result<bool, store::StoreError> reset_staff(const store::StaffReset& reset,
                                                const store::NewAuditLine& line) override;
    Result<store::SessionOutcome, store::StoreError> begin_staff_session(const store::NewStaffSession& session,
                                                                         const store::NewAuditLine& line) override;
    Result<std::optional<store::StaffSession>, store::StoreError> staff_session(const std::string& token_hash) override;
    Result<Done, store::StoreError> staff_session_seen(const std::string& token_hash, UnixSeconds now) override;
    Result<Done, store::StoreError> end_staff_session(const std::string& token_hash,
                                                      const store::NewAuditLine& line) override;
    Result<Done, store::StoreError> change_staff_password(const store::StaffPasswordChange& change,
                                                          const store::NewAuditLine& line) override;
    Result<Done, store::StoreError> propose_totp(store::StaffId staff, const std::string& sealed) override;
    Result<bool, store::StoreError> confirm_totp(store::StaffId staff, const std::string& sealed, std::int64_t step,
                                                 const store::NewAuditLine& line) override;
    Result<bool, store::StoreError> remove_totp(store::StaffId staff, std::int64_t step,
                                                const store::NewAuditLine& line) override;
    Result<Done, store::StoreError> add_counter_ticket(const store::NewCounterTicket& ticket,
                                                       const store::NewAuditLine& line) override;
    Result<std::optional<store::Colleague>, store::StoreError>
    use_counter_ticket(const store::CounterTicketUse& use) override;
    Result<store::StaffTokenId, store::StoreError> add_staff_token(const store::NewStaffToken& token,
                                                                   store::NewAuditLine line) override;
    Result<std::vector<store::StaffToken>, store::StoreError> staff_tokens(const std::string& portal) override;
    Result<std::optional<store::StaffTokenHolder>, store::StoreError> staff_token(const std::string& key_hash) override;
    Result<Done, store::StoreError> staff_token_used(store::StaffTokenId token, UnixSeconds now) override;
    Result<bool, store::StoreError> revoke_staff_token(const std::string& portal, store::StaffTokenId token,
                                                       UnixSeconds now, const store::NewAuditLine& line) override;

    Result<store::QueuePage, store::StoreError> queue_page(const store::QueueQuestion& question) override;
    Result<store::QueueCounters, store::StoreError> queue_counters(const store::QueueScope& scope,
                                                                   const std::string& today) override;
    Result<Done, store::StoreError> add_note(std::int64_t submission, const store::Note& note,
                                             const store::NewAuditLine& line) override;
    Result<std::vector<store::Note>, store::StoreError> notes_of(std::int64_t submission) override;
    Result<std::vector<store::Colleague>, store::StoreError> note_viewer(std::int64_t submission,
                                                                         const store::Colleague& viewer,
                                                                         UnixSeconds now,
                                                                         UnixSeconds seen_since) override;
    Result<std::vector<store::Colleague>, store::StoreError> viewers_of(std::int64_t submission,
                                                                        UnixSeconds seen_since) override;
    Result<std::vector<store::LoggedMail>, store::StoreError> mail_log(const std::string& portal,
                                                                       const std::string& state,
                                                                       const std::string& recipient,
                                                                       std::int64_t before, int limit) override;
    Result<std::optional<store::LoggedMail>, store::StoreError> logged_mail(const std::string& portal,
                                                                            std::int64_t mail) override;
    Result<Done, store::StoreError> hurry_mail(std::int64_t mail, UnixSeconds now,
                                               const store::NewAuditLine& line) override;
    Result<Done, store::StoreError> send_again(const store::NewMail& mail, store::AccountId account,
                                               const std::string& submission_number, UnixSeconds now,
                                               const store::NewAuditLine& line) override;
    Result<std::vector<store::LookAlike>, store::StoreError> look_alikes(const store::SubmissionRecord& submission,
                                                                         int limit) override;
    Result<std::optional<store::Account>, store::StoreError>
    account_by_reference(const std::string& portal, const std::string& reference) override;
    Result<store::Answers, store::StoreError> profile_before(store::AccountId account,
                                                             std::int64_t submission) override;
    Result<store::DecisionBatch, store::StoreError> make_batch(store::DecisionBatch batch,
                                                               const store::NewAuditLine& line) override;
    Result<std::optional<store::DecisionBatch>, store::StoreError> find_batch(const std::string& portal,
                                                                              const std::string& id) override;
    Result<std::optional<store::DecisionBatch>, store::StoreError> next_batch(UnixSeconds now) override;
    Result<std::optional<UnixSeconds>, store::StoreError> next_batch_due() override;
    Result<Done, store::StoreError> settle_entry(const std::string& batch, std::int64_t submission,
                                                 const std::string& outcome) override;
    Result<Done, store::StoreError> finish_batch(const std::string& batch) override;
    Result<store::UndoOutcome, store::StoreError> undo_batch(const std::string& portal, const std::string& id,
                                                             store::StaffId by, UnixSeconds now,
                                                             const store::NewAuditLine& line) override;
    Result<store::Merged, store::StoreError> merge(const store::NewMerge& merge) override;
    Result<store::Merged, store::StoreError> undo_merge(const std::string& portal, std::int64_t merge,
                                                        const store::Colleague& by, UnixSeconds now,
                                                        const store::NewAuditLine& line) override;
    Result<std::vector<store::Merge>, store::StoreError> merges_of(store::AccountId account) override;

    Result<store::ExportBounds, store::StoreError> export_bounds() override;
    Result<store::ExportPage, store::StoreError> export_page(const store::ExportQuestion& question) override;
    Result<std::vector<store::ExportRow>, store::StoreError>
    export_rows(const std::string& portal, const std::vector<std::int64_t>& submissions) override;

    Result<std::int64_t, store::StoreError> begin_retention(const store::RetentionRun& run) override;
    Result<store::RetentionStep, store::StoreError> retention_batch(std::int64_t run, int days,
                                                                    const store::RetentionBatch& batch) override;
    Result<std::vector<store::Account>, store::StoreError> accounts_to_warn(const store::NoticeBatch& batch) override;
    Result<Done, store::StoreError> warn_account(std::int64_t run, const store::NoticeBatch& batch,
                                                 store::AccountId account,
                                                 const std::optional<store::NewMail>& mail) override;
    Result<Done, store::StoreError> finish_retention(std::int64_t run, UnixSeconds now,
                                                     const store::NewAuditLine& line) override;
    Result<std::vector<store::RetentionRun>, store::StoreError> retention_runs(const std::string& portal,
                                                                               int limit) override;
    Result<std::optional<store::PersonFile>, store::StoreError>
    person_file(const std::string& portal, const std::string& reference, UnixSeconds now) override;
    Result<std::optional<store::PersonFile>, store::StoreError> family_person_file(const std::string& portal,
                                                                                   store::HouseholdId household,
                                                                                   store::PersonId person,
                                                                                   UnixSeconds now) override;
    Result<std::optional<store::Erasure>, store::StoreError> erase_person(const store::NewErasure& erasure) override;
    Result<std::vector<store::Erasure>, store::StoreError> erasures(const std::string& portal, int limit) override;
    Result<std::vector<store::StatisticsRow>, store::StoreError>
    statistics(const store::StatisticsQuestion& question) override;
    Result<std::optional<store::WebhookId>, store::StoreError> add_webhook(const store::NewWebhook& webhook,
                                                                           store::NewAuditLine line) override;
    Result<std::vector<store::Webhook>, store::StoreError> webhooks(const std::string& portal) override;
    Result<bool, store::StoreError> remove_webhook(const std::string& portal, store::WebhookId webhook, UnixSeconds now,
                                                   const store::NewAuditLine& line) override;
    Result<bool, store::StoreError> test_webhook(const std::string& portal, store::WebhookId webhook, UnixSeconds now,
                                                 const store::NewAuditLine& line) override;
    Result<std::vector<store::Delivery>, store::StoreError> lease_deliveries(UnixSeconds now,
                                                                             UnixSeconds lease_until) override;
    Result<Done, store::StoreError> end_delivery_leases() override;
    Result<std::optional<UnixSeconds>, store::StoreError> next_delivery_due() override;
    Result<Done, store::StoreError> delivery_taken(const store::Attempt& attempt, UnixSeconds now) override;
    Result<Done, store::StoreError> delivery_failed(const store::Attempt& attempt, UnixSeconds next,
                                                    UnixSeconds rest) override;
    Result<Done, store::StoreError> delivery_dead(const store::Attempt& attempt, UnixSeconds now,
                                                  UnixSeconds rest) override;
    Result<std::vector<store::LoggedDelivery>, store::StoreError>
    deliveries(const std::string& portal, const std::string& state, std::int64_t before, int limit) override;
    Result<bool, store::StoreError> deliver_again(const std::string& portal, std::int64_t delivery, UnixSeconds now,
                                                  const store::NewAuditLine& line) override;

private:
    Result<store::RetentionStep, store::StoreError> plain_batch(std::int64_t run, int days,
                                                                const store::RetentionBatch& batch);

    Database& m_database;
};

} // namespace foyer::server::sqlite
