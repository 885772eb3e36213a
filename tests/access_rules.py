"""Who may open each address: written by hand, so that a rule which is lost in code is missed here.

A new view is not let through before somebody writes here whom it is for.
"""

from tejido.network.domain.permissions import Permission

# Signed-in work: for whoever holds the permission at the member that the address names.
BY_PERMISSION: dict[Permission, str] = {
    Permission.VIEW_DESK: """
        network:home network:stop-recovery network:relationships network:leave network:counties
        finder_desk:texts
        """,
    Permission.VIEW_PEOPLE: "network:people",
    Permission.VIEW_EVENTS: "network:record network:record-table",
    Permission.VIEW_MESSAGES: "network:messages",
    Permission.RETRY_MESSAGES: "network:retry-messages",
    Permission.ADD_MEMBERSHIP: """
        network:invite network:withdraw-invitation network:restore-invitation
        """,
    Permission.GRANT_ROLE: "network:give-role",
    Permission.WITHDRAW_ROLE: "network:take-role",
    Permission.END_MEMBERSHIP: "network:end-membership network:resume-membership",
    Permission.VIEW_AGREEMENTS: "network:agreements network:agreement",
    Permission.PROPOSE_AGREEMENT: "network:propose-agreement network:change-agreement",
    Permission.SIGN_AGREEMENT: "network:sign-agreement",
    Permission.REVOKE_AGREEMENT: "network:end-agreement network:close-proposal",
    Permission.VIEW_SHARED: "network:shared network:shared-table",
    Permission.RELEASE_OWN: "network:release-rules",
    Permission.NOTE_CONSENT: """
        network:consents network:add-consent network:withdraw-consent network:undo-withdrawal
        """,
    Permission.RECOVER_ACCOUNT: "network:recover network:confirm-recovery",
    Permission.RECOVER_ANYWHERE: """
        network:recoveries network:start-recovery network:answer-recovery
        """,
    Permission.ADD_RELATIONSHIP: """
        network:add-relationship network:unsay-relationship network:end-relationship
        network:resume-relationship network:add-county network:unsay-county network:end-county
        network:resume-county
        """,
    Permission.LEAVE_NETWORK: "network:departure network:answer-departure",
    Permission.END_MEMBER: """
        network:members network:other-departure network:answer-other-departure
        """,
    Permission.MARK_TRIBAL_PARTNER: "network:mark-tribal-partner",
    Permission.VIEW_CONFLICTS: "network:conflicts",
    Permission.VIEW_CONTACTS: "network:contacts network:contact network:shared-contacts",
    Permission.EDIT_CONTACTS: """
        network:add-contact network:edit-contact network:remove-contact network:restore-contact
        network:share-contact network:unshare-contact network:add-contact-role
        network:end-contact-role network:resume-contact-role network:bring-contacts
        network:look-at-contacts network:take-in-contacts network:undo-contact-import
        network:contact-problems
        """,
    Permission.EXPORT_CONTACTS: "network:contacts-table",
    Permission.VIEW_PARTNERS: "network:partners",
    Permission.EDIT_PARTNER_CARD: """
        network:partner-card network:show-card network:hide-card
        """,
    Permission.EDIT_LISTING: """
        directory:search directory:listing directory:edit directory:hours directory:confirm
        directory:history directory:acts directory:act directory:undo directory:proposals
        directory:answer-proposal directory:wrong directory:answer-wrong directory:changes
        directory:change directory:duplicates directory:duplicate directory:link-duplicates
        directory:look-for-duplicates directory:sources directory:clocks directory:due
        directory:due-table directory:pace directory:call-sheet directory:make-link
        directory:end-link directory:link-mail directory:mail-link directory:end-link-mail
        directory:quality directory:quality-listings directory:quality-table
        """,
    Permission.PUBLISH_LISTING: """
        directory:bulk directory:publicity directory:contact directory:withdraw-contact
        finder_desk:update
        """,
    Permission.IMPORT_LISTINGS: """
        directory_import:bring directory_import:show directory_import:describe
        directory_import:begin directory_import:stop directory_import:undo
        directory_import:issues directory_import:changes directory_check:ask
        directory_check:show directory_check:forget
        """,
    Permission.EDIT_NEEDS: """
        directory_needs:list directory_needs:add directory_needs:need directory_needs:names
        directory_needs:facts directory_needs:retire directory_needs:use-again
        directory_needs:add-word directory_needs:take-out directory_needs:bring-back
        directory_needs:undo
        """,
    Permission.REVIEW_TEXT: "directory_needs:review directory_needs:review-one",
    Permission.CORRECT_TEXT: "directory_needs:correct directory_needs:undo-correction",
    Permission.EDIT_LANDMARKS: """
        directory:landmarks directory:add-landmark directory:landmark
        directory:take-out-landmark directory:bring-back-landmark directory:put-back-landmark
        """,
    Permission.TRUST_SOURCE: "directory:trust",
    Permission.EDIT_CLOCKS: "directory:edit-clocks",
    Permission.RELEASE_COUNTS: "directory:unmet",
    Permission.EDIT_RETENTION: "network:held network:begin-hold network:end-hold",
}
# For whoever is signed in, about themselves.
OWN = """
    network:own-consents network:withdraw-own-consent network:give-own-consent-again
    network:choose-member network:close-account network:language network:invited
    network:second-step network:reach network:reach-give network:reach-confirm
    network:reach-wishes network:reach-remove network:reach-sent account_home account_logout
    account_change_password account_end_session account_end_others
    account_reauthenticate mfa_reauthenticate mfa_reauthenticate_webauthn mfa_index
    mfa_activate_totp mfa_deactivate_totp mfa_list_webauthn mfa_add_webauthn mfa_edit_webauthn
    mfa_remove_webauthn mfa_view_recovery_codes mfa_generate_recovery_codes
    """
# For whoever begins to sign in.
ENTRANCE = """
    account_login account_signup account_inactive mfa_authenticate mfa_login_webauthn
    """
# For everybody.
PUBLIC = """
    finder:home finder:find finder:listing finder:wrong finder:overdose finder:lines finder:keep
    finder:kept finder:app finder:unmet finder:unmet-period finder:unmet-table finder:privacy
    finder:held finder:about directory_link:confirm directory_link:stop ui:gallery
    packs pack worker health sms api-docs
    api-docs-slash api:api-root api:openapi-json api:search api:hsds-root api:show_root
    api:show_schemas api:show_schema api:show_description api:show_patch api:show_list
    api:show_one invite:open
    """


def names(written: str) -> list[str]:
    """Return the names of addresses."""
    return written.split()


def every_name() -> list[str]:
    """Return every address that has a rule, once for each rule."""
    ruled = [*BY_PERMISSION.values(), OWN, ENTRANCE, PUBLIC]
    return [name for written in ruled for name in names(written)]
