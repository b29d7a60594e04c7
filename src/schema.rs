// @generated automatically by Diesel CLI.

diesel::table! {
    audit_logs (id) {
        id -> Uuid,
        actor_id -> Nullable<Uuid>,
        actor_role -> Text,
        action -> Text,
        entity -> Text,
        entity_id -> Nullable<Uuid>,
        company_id -> Nullable<Uuid>,
        detail -> Jsonb,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    availability_exceptions (id) {
        id -> Uuid,
        practitioner_id -> Uuid,
        day -> Date,
        kind -> Text,
        start_time -> Nullable<Time>,
        end_time -> Nullable<Time>,
        created_at -> Timestamptz,
        place_id -> Nullable<Uuid>,
        holiday -> Nullable<Text>,
        batch_id -> Nullable<Uuid>,
        label_sealed -> Nullable<Bytea>,
    }
}

diesel::table! {
    availability_windows (id) {
        id -> Uuid,
        practitioner_id -> Uuid,
        weekday -> Int2,
        start_time -> Time,
        end_time -> Time,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
        every_weeks -> Int2,
        created_at -> Timestamptz,
        place_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    calendar_feeds (id) {
        id -> Uuid,
        user_id -> Uuid,
        token_hash -> Bytea,
        created_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    call_signals (id) {
        id -> Uuid,
        position -> Int8,
        consultation_id -> Uuid,
        company_id -> Uuid,
        sender_id -> Uuid,
        sender_peer -> Uuid,
        target_peer -> Uuid,
        created_at -> Timestamptz,
        body_sealed -> Bytea,
    }
}

diesel::table! {
    chat_attachments (id) {
        id -> Uuid,
        message_id -> Uuid,
        consultation_id -> Uuid,
        company_id -> Uuid,
        kind -> Text,
        size -> Int4,
        width -> Nullable<Int4>,
        height -> Nullable<Int4>,
        name_sealed -> Bytea,
        content_sealed -> Bytea,
    }
}

diesel::table! {
    chat_messages (id) {
        id -> Uuid,
        consultation_id -> Uuid,
        company_id -> Uuid,
        sender_id -> Uuid,
        client_id -> Uuid,
        position -> Int8,
        change -> Int8,
        text_sealed -> Nullable<Bytea>,
        sent_at -> Timestamptz,
        edited_at -> Nullable<Timestamptz>,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    chat_reads (consultation_id, user_id) {
        consultation_id -> Uuid,
        user_id -> Uuid,
        company_id -> Uuid,
        last_read -> Int8,
        read_at -> Nullable<Timestamptz>,
        unread -> Int4,
        unread_since -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    chat_threads (consultation_id) {
        consultation_id -> Uuid,
        company_id -> Uuid,
        last_change -> Int8,
        last_message_at -> Timestamptz,
    }
}

diesel::table! {
    clinical_addenda (id) {
        id -> Uuid,
        note_id -> Uuid,
        record_id -> Uuid,
        practitioner_id -> Uuid,
        company_id -> Uuid,
        client_id -> Uuid,
        content_sealed -> Bytea,
        signed_at -> Timestamptz,
    }
}

diesel::table! {
    clinical_notes (id) {
        id -> Uuid,
        record_id -> Uuid,
        consultation_id -> Uuid,
        practitioner_id -> Uuid,
        company_id -> Uuid,
        kind -> Text,
        happened_at -> Timestamptz,
        revision -> Int4,
        writer -> Uuid,
        turn -> Int4,
        content_sealed -> Bytea,
        created_at -> Timestamptz,
        changed_at -> Timestamptz,
        signed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    clinical_records (id) {
        id -> Uuid,
        practitioner_id -> Uuid,
        employee_id -> Uuid,
        company_id -> Uuid,
        opened_at -> Timestamptz,
    }
}

diesel::table! {
    companies (id) {
        id -> Uuid,
        name -> Text,
        slug -> Text,
        legal_name -> Nullable<Text>,
        siret -> Nullable<Text>,
        sector -> Nullable<Text>,
        size -> Nullable<Text>,
        address -> Nullable<Text>,
        postal_code -> Nullable<Text>,
        city -> Nullable<Text>,
        country -> Text,
        contact_email -> Nullable<Text>,
        contact_phone -> Nullable<Text>,
        website_url -> Nullable<Text>,
        email_domains -> Array<Nullable<Text>>,
        max_employees -> Nullable<Int4>,
        status -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        cancellation_notice_hours -> Nullable<Int4>,
        max_consultations -> Nullable<Int4>,
        self_registration -> Text,
    }
}

diesel::table! {
    company_activity_daily (company_id, day) {
        company_id -> Uuid,
        day -> Date,
        consult_count -> Int4,
        total_duration_seconds -> Int8,
        active_users_count -> Int4,
    }
}

diesel::table! {
    company_activity_monthly (month, company_id) {
        company_id -> Uuid,
        month -> Date,
        consult_count -> Int4,
        total_duration_seconds -> Int8,
    }
}

diesel::table! {
    company_decisions (id) {
        id -> Uuid,
        company_id -> Uuid,
        kind -> Text,
        reason -> Text,
        decided_by -> Nullable<Uuid>,
        decided_at -> Timestamptz,
    }
}

diesel::table! {
    company_domain_claims (id) {
        id -> Uuid,
        company_id -> Uuid,
        domain -> Text,
        email -> Text,
        asked_by -> Uuid,
        nonce -> Uuid,
        tries -> Int4,
        asked_count -> Int4,
        asked_since -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    company_domains (domain) {
        domain -> Text,
        company_id -> Uuid,
    }
}

diesel::table! {
    company_images (id) {
        id -> Uuid,
        company_id -> Uuid,
        kind -> Text,
        image -> Bytea,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    company_profiles (company_id) {
        company_id -> Uuid,
        timezone -> Text,
        opening_hours -> Text,
        emergency_message -> Text,
        back_color -> Nullable<Text>,
        ink_color -> Nullable<Text>,
        logo_id -> Nullable<Uuid>,
        cover_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    company_requests (id) {
        id -> Uuid,
        name -> Text,
        legal_name -> Text,
        siret -> Text,
        sector -> Text,
        size -> Text,
        first_name -> Text,
        last_name -> Text,
        email -> Text,
        domain -> Text,
        message -> Text,
        locale -> Text,
        origin_key -> Bytea,
        nonce -> Uuid,
        asked_at -> Timestamptz,
        expires_at -> Timestamptz,
        confirmed_at -> Nullable<Timestamptz>,
        company_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    consents (id) {
        id -> Uuid,
        user_id -> Uuid,
        kind -> Text,
        version -> Text,
        locale -> Text,
        given_at -> Timestamptz,
        withdrawn_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    consultation_events (id) {
        id -> Uuid,
        consultation_id -> Uuid,
        company_id -> Uuid,
        kind -> Text,
        actor_id -> Nullable<Uuid>,
        occurred_at -> Timestamptz,
        previous_starts_at -> Nullable<Timestamptz>,
        reason_sealed -> Nullable<Bytea>,
        previous_started_at -> Nullable<Timestamptz>,
        previous_ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    consultations (id) {
        id -> Uuid,
        company_id -> Uuid,
        employee_id -> Uuid,
        practitioner_id -> Uuid,
        format -> Text,
        status -> Text,
        starts_at -> Timestamptz,
        ends_at -> Timestamptz,
        blocked_until -> Timestamptz,
        started_at -> Nullable<Timestamptz>,
        ended_at -> Nullable<Timestamptz>,
        duration_seconds -> Nullable<Int4>,
        activity_day -> Nullable<Date>,
        cancelled_at -> Nullable<Timestamptz>,
        cancelled_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        place_id -> Nullable<Uuid>,
        room_id -> Nullable<Uuid>,
        expires_at -> Nullable<Timestamptz>,
        offered -> Bool,
        confirm_by -> Nullable<Timestamptz>,
        series_id -> Nullable<Uuid>,
        message_sealed -> Nullable<Bytea>,
        cancelled_late -> Bool,
        revision -> Int4,
        absence_reported_at -> Nullable<Timestamptz>,
        contested_at -> Nullable<Timestamptz>,
        absence_withdrawn_at -> Nullable<Timestamptz>,
        closed_automatically -> Bool,
        corrected_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    credentials (user_id) {
        user_id -> Uuid,
        password_hash -> Text,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    cron_runs (job, period) {
        job -> Text,
        period -> Text,
        started_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
        outcome -> Nullable<Text>,
        detail -> Jsonb,
    }
}

diesel::table! {
    data_accesses (subject_id, accessed_at, actor_id, what) {
        subject_id -> Uuid,
        accessed_at -> Timestamptz,
        actor_id -> Uuid,
        actor_role -> Text,
        what -> Text,
    }
}

diesel::table! {
    data_export_parts (id) {
        id -> Uuid,
        export_id -> Uuid,
        user_id -> Uuid,
        company_id -> Nullable<Uuid>,
        position -> Int4,
        content_sealed -> Bytea,
    }
}

diesel::table! {
    data_exports (id) {
        id -> Uuid,
        user_id -> Uuid,
        company_id -> Nullable<Uuid>,
        status -> Text,
        asked_at -> Timestamptz,
        steps -> Int4,
        steps_done -> Int4,
        size -> Int8,
        parts -> Int4,
        ready_at -> Nullable<Timestamptz>,
        expires_at -> Nullable<Timestamptz>,
        downloaded_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    data_keys (id) {
        id -> Uuid,
        scope -> Text,
        owner_id -> Uuid,
        version -> Int2,
        kek -> Text,
        wrapped -> Bytea,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    destroyed_keys (position) {
        position -> Int8,
        key_id -> Uuid,
        subject -> Bytea,
        reason -> Text,
        destroyed_at -> Timestamptz,
    }
}

diesel::table! {
    directory_entries (practitioner_id) {
        practitioner_id -> Uuid,
        specialty -> Text,
        languages -> Array<Nullable<Text>>,
        offers_video -> Bool,
        offers_audio -> Bool,
        offers_in_person -> Bool,
        gender -> Nullable<Text>,
        accepting_new_clients -> Bool,
        experience_years -> Nullable<Int4>,
        average_rating -> Nullable<Float8>,
        review_count -> Int4,
        first_name -> Text,
        last_name -> Text,
        next_start -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    disclosure_acknowledgements (user_id, setting_id) {
        user_id -> Uuid,
        setting_id -> Uuid,
        acknowledged_at -> Timestamptz,
    }
}

diesel::table! {
    disclosure_cells (company_id, month, kind, label) {
        company_id -> Uuid,
        month -> Date,
        kind -> Text,
        label -> Text,
        people -> Int4,
        users -> Nullable<Int4>,
        consultations -> Nullable<Int4>,
        seconds -> Nullable<Int8>,
        hidden -> Nullable<Text>,
    }
}

diesel::table! {
    disclosure_medians (month) {
        month -> Date,
        companies -> Int4,
        adoption_percent -> Int4,
        mean_minutes -> Int4,
        frozen_at -> Timestamptz,
    }
}

diesel::table! {
    disclosure_rosters (company_id, month, employee_id) {
        company_id -> Uuid,
        month -> Date,
        employee_id -> Uuid,
        department -> Nullable<Text>,
        counted -> Bool,
    }
}

diesel::table! {
    disclosure_settings (id) {
        id -> Uuid,
        position -> Int8,
        company_id -> Uuid,
        setting -> Text,
        effective_from -> Date,
        chosen_at -> Timestamptz,
        chosen_by -> Nullable<Uuid>,
        agreed_with -> Text,
    }
}

diesel::table! {
    disclosure_snapshots (company_id, month) {
        company_id -> Uuid,
        month -> Date,
        setting -> Text,
        headcount -> Int4,
        counted -> Int4,
        half_stars -> Nullable<Int2>,
        frozen_at -> Timestamptz,
    }
}

diesel::table! {
    duration_contests (consultation_id) {
        consultation_id -> Uuid,
        company_id -> Uuid,
        declared_seconds -> Int4,
        claimed_seconds -> Int4,
        reason -> Text,
        contested_at -> Timestamptz,
        corrected_seconds -> Nullable<Int4>,
        correction_reason -> Nullable<Text>,
        corrected_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    employee_activity_daily (employee_id, day) {
        employee_id -> Uuid,
        company_id -> Uuid,
        day -> Date,
        consult_count -> Int4,
        total_duration_seconds -> Int8,
    }
}

diesel::table! {
    employee_import_effects (import_id, user_id) {
        import_id -> Uuid,
        company_id -> Uuid,
        user_id -> Uuid,
        kind -> Text,
        old_first_name -> Nullable<Text>,
        old_last_name -> Nullable<Text>,
        old_department -> Nullable<Text>,
        old_position -> Nullable<Text>,
        new_first_name -> Nullable<Text>,
        new_last_name -> Nullable<Text>,
        new_department -> Nullable<Text>,
        new_position -> Nullable<Text>,
    }
}

diesel::table! {
    employee_import_rows (import_id, line) {
        import_id -> Uuid,
        company_id -> Uuid,
        line -> Int4,
        email -> Text,
        first_name -> Text,
        last_name -> Text,
        department -> Nullable<Text>,
        position -> Nullable<Text>,
        refusal -> Nullable<Text>,
        refusal_line -> Nullable<Int4>,
    }
}

diesel::table! {
    employee_imports (id) {
        id -> Uuid,
        company_id -> Uuid,
        created_by -> Uuid,
        file_name -> Text,
        row_count -> Int4,
        created_count -> Nullable<Int4>,
        updated_count -> Nullable<Int4>,
        refused_count -> Nullable<Int4>,
        created_at -> Timestamptz,
        confirmed_at -> Nullable<Timestamptz>,
        confirmed_by -> Nullable<Uuid>,
        done_line -> Int4,
        done_count -> Int4,
        finished_at -> Nullable<Timestamptz>,
        absent_count -> Nullable<Int4>,
        undone_at -> Nullable<Timestamptz>,
        removed_count -> Nullable<Int4>,
        kept_count -> Nullable<Int4>,
    }
}

diesel::table! {
    employee_selections (company_id, request_key) {
        company_id -> Uuid,
        request_key -> Uuid,
        asked_by -> Uuid,
        action -> Text,
        changed -> Int4,
        asked_at -> Timestamptz,
    }
}

diesel::table! {
    employees (user_id) {
        user_id -> Uuid,
        company_id -> Uuid,
        department -> Nullable<Text>,
        position -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    erasures (id) {
        id -> Uuid,
        user_id -> Uuid,
        asked_at -> Timestamptz,
        due_at -> Timestamptz,
        reminded_at -> Nullable<Timestamptz>,
        cancelled_at -> Nullable<Timestamptz>,
        done_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    freed_slots (id) {
        id -> Uuid,
        practitioner_id -> Uuid,
        starts_at -> Timestamptz,
        ends_at -> Timestamptz,
        blocked_until -> Timestamptz,
        freed_by -> Uuid,
        freed_at -> Timestamptz,
        settled_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    hr_preferences (user_id) {
        user_id -> Uuid,
        muted_mail -> Array<Nullable<Text>>,
    }
}

diesel::table! {
    invitations (id) {
        id -> Uuid,
        user_id -> Uuid,
        company_id -> Uuid,
        nonce -> Uuid,
        issue -> Int4,
        expires_at -> Timestamptz,
        sent_count -> Int4,
        last_sent_at -> Nullable<Timestamptz>,
        accepted_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        bounced_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    jobs (id) {
        id -> Uuid,
        kind -> Text,
        payload -> Jsonb,
        dedup_key -> Nullable<Text>,
        status -> Text,
        attempts -> Int4,
        run_at -> Timestamptz,
        leased_until -> Nullable<Timestamptz>,
        last_error -> Nullable<Text>,
        created_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
        payload_sealed -> Nullable<Bytea>,
        sealed_by -> Nullable<Uuid>,
    }
}

diesel::table! {
    journal_entries (id) {
        id -> Uuid,
        employee_id -> Uuid,
        company_id -> Uuid,
        client_id -> Uuid,
        version -> Int4,
        summary_sealed -> Bytea,
        text_sealed -> Bytea,
        written_at -> Timestamptz,
        changed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    journal_shares (id) {
        id -> Uuid,
        employee_id -> Uuid,
        company_id -> Uuid,
        practitioner_id -> Uuid,
        entry_id -> Nullable<Uuid>,
        client_id -> Uuid,
        content_sealed -> Nullable<Bytea>,
        shared_at -> Timestamptz,
        expires_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    kept_consultations (consultation_id) {
        consultation_id -> Uuid,
        practitioner_id -> Uuid,
        starts_at -> Timestamptz,
        kept_at -> Timestamptz,
    }
}

diesel::table! {
    key_rotations (id) {
        id -> Uuid,
        kind -> Text,
        target -> Text,
        total -> Int4,
        done -> Int4,
        failed -> Int4,
        started_at -> Timestamptz,
        updated_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    news_pictures (post_id) {
        post_id -> Uuid,
        company_id -> Uuid,
        id -> Uuid,
        jpeg -> Bytea,
        width -> Int4,
        height -> Int4,
        alt -> Text,
    }
}

diesel::table! {
    news_posts (id) {
        id -> Uuid,
        company_id -> Uuid,
        client_id -> Uuid,
        slug -> Text,
        title -> Text,
        body -> Text,
        departments -> Array<Nullable<Text>>,
        by_mail -> Bool,
        status -> Text,
        publish_at -> Nullable<Timestamptz>,
        published_at -> Nullable<Timestamptz>,
        archived_at -> Nullable<Timestamptz>,
        revision -> Int4,
        created_at -> Timestamptz,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    news_reach (post_id) {
        post_id -> Uuid,
        company_id -> Uuid,
        audience -> Int4,
        readers -> Nullable<Int4>,
        counted_at -> Timestamptz,
    }
}

diesel::table! {
    news_readings (post_id, reader_id) {
        post_id -> Uuid,
        reader_id -> Uuid,
        company_id -> Uuid,
        read_at -> Timestamptz,
    }
}

diesel::table! {
    notices (id) {
        id -> Uuid,
        position -> Int8,
        recipient_id -> Uuid,
        consultation_id -> Nullable<Uuid>,
        company_id -> Uuid,
        kind -> Text,
        starts_at -> Timestamptz,
        previous_starts_at -> Nullable<Timestamptz>,
        by_recipient -> Bool,
        created_at -> Timestamptz,
        read_at -> Nullable<Timestamptz>,
        news_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    notification_preferences (user_id) {
        user_id -> Uuid,
        muted_in_app -> Array<Nullable<Text>>,
        muted_mail -> Array<Nullable<Text>>,
        quiet_from -> Nullable<Time>,
        quiet_until -> Nullable<Time>,
        discreet -> Bool,
    }
}

diesel::table! {
    password_resets (id) {
        id -> Uuid,
        user_id -> Uuid,
        nonce -> Uuid,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    personal_addresses (user_id) {
        user_id -> Uuid,
        email -> Nullable<Text>,
        pending_email -> Nullable<Text>,
        pending_nonce -> Uuid,
        pending_until -> Nullable<Timestamptz>,
        asked_count -> Int4,
        asked_since -> Timestamptz,
    }
}

diesel::table! {
    place_practitioners (place_id, practitioner_id) {
        place_id -> Uuid,
        practitioner_id -> Uuid,
        owner_id -> Uuid,
        joined_at -> Timestamptz,
    }
}

diesel::table! {
    places (id) {
        id -> Uuid,
        practitioner_id -> Uuid,
        name -> Text,
        address -> Text,
        directions -> Text,
        share_code -> Nullable<Text>,
        removed_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    platform_activity_monthly (month) {
        month -> Date,
        consult_count -> Int4,
        total_duration_seconds -> Int8,
    }
}

diesel::table! {
    platform_settings (singleton) {
        singleton -> Bool,
        accounting_zone -> Text,
        updated_at -> Timestamptz,
        cancellation_notice_hours -> Int4,
    }
}

diesel::table! {
    portraits (id) {
        id -> Uuid,
        practitioner_id -> Uuid,
        image -> Bytea,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    practitioner_activity_daily (practitioner_id, day, company_id) {
        practitioner_id -> Uuid,
        company_id -> Uuid,
        day -> Date,
        consult_count -> Int4,
        total_duration_seconds -> Int8,
    }
}

diesel::table! {
    practitioner_activity_monthly (month, practitioner_id) {
        practitioner_id -> Uuid,
        month -> Date,
        consult_count -> Int4,
        total_duration_seconds -> Int8,
    }
}

diesel::table! {
    practitioner_reviews (id) {
        id -> Uuid,
        consultation_id -> Uuid,
        practitioner_id -> Uuid,
        rating -> Int2,
        comment -> Nullable<Text>,
        status -> Text,
        published_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        comment_sealed -> Nullable<Bytea>,
        decided_at -> Nullable<Timestamptz>,
        decided_by -> Nullable<Uuid>,
        refusal -> Nullable<Text>,
    }
}

diesel::table! {
    practitioners (user_id) {
        user_id -> Uuid,
        title -> Text,
        professional_id -> Nullable<Text>,
        specialty -> Text,
        sub_specialties -> Array<Nullable<Text>>,
        languages -> Array<Nullable<Text>>,
        bio -> Text,
        experience_years -> Nullable<Int4>,
        education -> Text,
        diplomas -> Array<Nullable<Text>>,
        city -> Nullable<Text>,
        offers_video -> Bool,
        offers_audio -> Bool,
        offers_in_person -> Bool,
        in_person_address -> Nullable<Text>,
        verification -> Text,
        accepting_new_clients -> Bool,
        slot_minutes -> Int4,
        buffer_minutes -> Int4,
        minimum_notice_hours -> Int4,
        horizon_days -> Int4,
        daily_maximum -> Nullable<Int4>,
        timezone -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        auto_confirm -> Bool,
        main_place_id -> Nullable<Uuid>,
        gender -> Nullable<Text>,
        presentation_video_url -> Nullable<Text>,
        average_rating -> Nullable<Float8>,
        review_count -> Int4,
        portrait_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    presences (id) {
        id -> Uuid,
        consultation_id -> Uuid,
        company_id -> Uuid,
        person_id -> Uuid,
        joined_at -> Timestamptz,
        seen_at -> Timestamptz,
        left_at -> Nullable<Timestamptz>,
        peer -> Nullable<Uuid>,
    }
}

diesel::table! {
    problem_reports (id) {
        id -> Uuid,
        consultation_id -> Uuid,
        company_id -> Uuid,
        practitioner_id -> Uuid,
        reporter -> Text,
        category -> Text,
        details_sealed -> Nullable<Bytea>,
        created_at -> Timestamptz,
        closed_at -> Nullable<Timestamptz>,
        closed_by -> Nullable<Uuid>,
    }
}

diesel::table! {
    registrations (id) {
        id -> Uuid,
        email -> Text,
        first_name -> Text,
        last_name -> Text,
        locale -> Text,
        origin_key -> Bytea,
        nonce -> Uuid,
        status -> Text,
        asked_at -> Timestamptz,
        expires_at -> Timestamptz,
        company_id -> Nullable<Uuid>,
        confirmed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    rooms (id) {
        id -> Uuid,
        place_id -> Uuid,
        name -> Text,
        removed_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    security_events (id) {
        id -> Uuid,
        kind -> Text,
        severity -> Text,
        user_id -> Nullable<Uuid>,
        ip_key -> Nullable<Bytea>,
        detail -> Jsonb,
        occurred_at -> Timestamptz,
    }
}

diesel::table! {
    sessions (id) {
        id -> Uuid,
        user_id -> Uuid,
        token_hash -> Bytea,
        previous_token_hash -> Nullable<Bytea>,
        rotated_at -> Timestamptz,
        expires_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        own_only -> Bool,
    }
}

diesel::table! {
    sign_in_attempts (id) {
        id -> Uuid,
        account_key -> Bytea,
        ip_key -> Bytea,
        failed -> Bool,
        attempted_at -> Timestamptz,
    }
}

diesel::table! {
    support_canned (id) {
        id -> Uuid,
        title -> Text,
        body -> Text,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    support_files (id) {
        id -> Uuid,
        message_id -> Uuid,
        ticket_id -> Uuid,
        company_id -> Uuid,
        kind -> Text,
        size -> Int4,
        name_sealed -> Bytea,
        content_sealed -> Bytea,
    }
}

diesel::table! {
    support_messages (id) {
        id -> Uuid,
        ticket_id -> Uuid,
        company_id -> Uuid,
        author_id -> Uuid,
        from_platform -> Bool,
        client_id -> Uuid,
        position -> Int8,
        text_sealed -> Bytea,
        sent_at -> Timestamptz,
    }
}

diesel::table! {
    support_notes (id) {
        id -> Uuid,
        ticket_id -> Uuid,
        author_id -> Uuid,
        client_id -> Uuid,
        position -> Int8,
        text_sealed -> Bytea,
        written_at -> Timestamptz,
    }
}

diesel::table! {
    support_tickets (id) {
        id -> Uuid,
        company_id -> Uuid,
        author_id -> Uuid,
        client_id -> Uuid,
        category -> Text,
        priority -> Text,
        subject_sealed -> Nullable<Bytea>,
        status -> Text,
        assignee_id -> Nullable<Uuid>,
        escalated_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        changed_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    ticket_keys (id) {
        id -> Uuid,
        scope -> Text,
        owner_id -> Uuid,
        version -> Int2,
        kek -> Text,
        wrapped -> Bytea,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    users (id) {
        id -> Uuid,
        email -> Text,
        role -> Text,
        company_id -> Nullable<Uuid>,
        first_name -> Text,
        last_name -> Text,
        locale -> Text,
        theme -> Text,
        timezone -> Text,
        status -> Text,
        email_verified_at -> Nullable<Timestamptz>,
        last_login_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    video_rooms (consultation_id) {
        consultation_id -> Uuid,
        company_id -> Uuid,
        name -> Text,
    }
}

diesel::table! {
    waitlist_offers (id) {
        id -> Uuid,
        request_id -> Uuid,
        company_id -> Uuid,
        employee_id -> Uuid,
        practitioner_id -> Uuid,
        starts_at -> Timestamptz,
        consultation_id -> Nullable<Uuid>,
        status -> Text,
        offered_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    waitlist_requests (id) {
        id -> Uuid,
        company_id -> Uuid,
        employee_id -> Uuid,
        practitioner_id -> Nullable<Uuid>,
        specialty -> Nullable<Text>,
        language -> Nullable<Text>,
        weekdays -> Array<Nullable<Int2>>,
        from_time -> Nullable<Time>,
        until_time -> Nullable<Time>,
        last_day -> Nullable<Date>,
        status -> Text,
        created_at -> Timestamptz,
        queued_at -> Timestamptz,
    }
}

diesel::joinable!(audit_logs -> companies (company_id));
diesel::joinable!(audit_logs -> users (actor_id));
diesel::joinable!(availability_exceptions -> places (place_id));
diesel::joinable!(availability_exceptions -> practitioners (practitioner_id));
diesel::joinable!(availability_windows -> places (place_id));
diesel::joinable!(availability_windows -> practitioners (practitioner_id));
diesel::joinable!(calendar_feeds -> users (user_id));
diesel::joinable!(call_signals -> consultations (consultation_id));
diesel::joinable!(call_signals -> users (sender_id));
diesel::joinable!(chat_attachments -> chat_messages (message_id));
diesel::joinable!(chat_attachments -> companies (company_id));
diesel::joinable!(chat_attachments -> consultations (consultation_id));
diesel::joinable!(chat_messages -> companies (company_id));
diesel::joinable!(chat_messages -> consultations (consultation_id));
diesel::joinable!(chat_messages -> users (sender_id));
diesel::joinable!(chat_reads -> companies (company_id));
diesel::joinable!(chat_reads -> consultations (consultation_id));
diesel::joinable!(chat_reads -> users (user_id));
diesel::joinable!(chat_threads -> companies (company_id));
diesel::joinable!(chat_threads -> consultations (consultation_id));
diesel::joinable!(clinical_addenda -> clinical_notes (note_id));
diesel::joinable!(clinical_addenda -> clinical_records (record_id));
diesel::joinable!(clinical_addenda -> companies (company_id));
diesel::joinable!(clinical_addenda -> practitioners (practitioner_id));
diesel::joinable!(clinical_notes -> clinical_records (record_id));
diesel::joinable!(clinical_notes -> companies (company_id));
diesel::joinable!(clinical_notes -> consultations (consultation_id));
diesel::joinable!(clinical_notes -> practitioners (practitioner_id));
diesel::joinable!(clinical_records -> companies (company_id));
diesel::joinable!(clinical_records -> practitioners (practitioner_id));
diesel::joinable!(clinical_records -> users (employee_id));
diesel::joinable!(company_activity_daily -> companies (company_id));
diesel::joinable!(company_activity_monthly -> companies (company_id));
diesel::joinable!(company_decisions -> companies (company_id));
diesel::joinable!(company_decisions -> users (decided_by));
diesel::joinable!(company_domain_claims -> companies (company_id));
diesel::joinable!(company_domain_claims -> users (asked_by));
diesel::joinable!(company_domains -> companies (company_id));
diesel::joinable!(company_images -> companies (company_id));
diesel::joinable!(company_profiles -> companies (company_id));
diesel::joinable!(company_requests -> companies (company_id));
diesel::joinable!(consents -> users (user_id));
diesel::joinable!(consultation_events -> consultations (consultation_id));
diesel::joinable!(consultation_events -> users (actor_id));
diesel::joinable!(consultations -> places (place_id));
diesel::joinable!(consultations -> practitioners (practitioner_id));
diesel::joinable!(consultations -> users (cancelled_by));
diesel::joinable!(credentials -> users (user_id));
diesel::joinable!(data_export_parts -> companies (company_id));
diesel::joinable!(data_export_parts -> data_exports (export_id));
diesel::joinable!(data_export_parts -> users (user_id));
diesel::joinable!(data_exports -> companies (company_id));
diesel::joinable!(data_exports -> users (user_id));
diesel::joinable!(directory_entries -> practitioners (practitioner_id));
diesel::joinable!(disclosure_acknowledgements -> disclosure_settings (setting_id));
diesel::joinable!(disclosure_acknowledgements -> users (user_id));
diesel::joinable!(disclosure_settings -> companies (company_id));
diesel::joinable!(disclosure_settings -> users (chosen_by));
diesel::joinable!(disclosure_snapshots -> companies (company_id));
diesel::joinable!(duration_contests -> consultations (consultation_id));
diesel::joinable!(employee_activity_daily -> companies (company_id));
diesel::joinable!(employee_activity_daily -> employees (employee_id));
diesel::joinable!(employee_import_effects -> users (user_id));
diesel::joinable!(employee_imports -> companies (company_id));
diesel::joinable!(employee_selections -> companies (company_id));
diesel::joinable!(employee_selections -> users (asked_by));
diesel::joinable!(employees -> companies (company_id));
diesel::joinable!(employees -> users (user_id));
diesel::joinable!(erasures -> users (user_id));
diesel::joinable!(freed_slots -> practitioners (practitioner_id));
diesel::joinable!(hr_preferences -> users (user_id));
diesel::joinable!(invitations -> companies (company_id));
diesel::joinable!(invitations -> users (user_id));
diesel::joinable!(journal_entries -> companies (company_id));
diesel::joinable!(journal_entries -> users (employee_id));
diesel::joinable!(journal_shares -> companies (company_id));
diesel::joinable!(journal_shares -> journal_entries (entry_id));
diesel::joinable!(journal_shares -> practitioners (practitioner_id));
diesel::joinable!(journal_shares -> users (employee_id));
diesel::joinable!(kept_consultations -> consultations (consultation_id));
diesel::joinable!(kept_consultations -> practitioners (practitioner_id));
diesel::joinable!(news_pictures -> companies (company_id));
diesel::joinable!(news_pictures -> news_posts (post_id));
diesel::joinable!(news_posts -> companies (company_id));
diesel::joinable!(news_reach -> companies (company_id));
diesel::joinable!(news_reach -> news_posts (post_id));
diesel::joinable!(news_readings -> companies (company_id));
diesel::joinable!(news_readings -> news_posts (post_id));
diesel::joinable!(news_readings -> users (reader_id));
diesel::joinable!(notices -> companies (company_id));
diesel::joinable!(notices -> consultations (consultation_id));
diesel::joinable!(notices -> news_posts (news_id));
diesel::joinable!(notices -> users (recipient_id));
diesel::joinable!(notification_preferences -> users (user_id));
diesel::joinable!(password_resets -> users (user_id));
diesel::joinable!(personal_addresses -> users (user_id));
diesel::joinable!(place_practitioners -> places (place_id));
diesel::joinable!(portraits -> practitioners (practitioner_id));
diesel::joinable!(practitioner_activity_daily -> companies (company_id));
diesel::joinable!(practitioner_activity_daily -> practitioners (practitioner_id));
diesel::joinable!(practitioner_activity_monthly -> practitioners (practitioner_id));
diesel::joinable!(practitioner_reviews -> consultations (consultation_id));
diesel::joinable!(practitioner_reviews -> practitioners (practitioner_id));
diesel::joinable!(practitioner_reviews -> users (decided_by));
diesel::joinable!(practitioners -> users (user_id));
diesel::joinable!(presences -> consultations (consultation_id));
diesel::joinable!(presences -> users (person_id));
diesel::joinable!(problem_reports -> companies (company_id));
diesel::joinable!(problem_reports -> consultations (consultation_id));
diesel::joinable!(problem_reports -> practitioners (practitioner_id));
diesel::joinable!(problem_reports -> users (closed_by));
diesel::joinable!(registrations -> companies (company_id));
diesel::joinable!(rooms -> places (place_id));
diesel::joinable!(security_events -> users (user_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(support_files -> companies (company_id));
diesel::joinable!(support_files -> support_messages (message_id));
diesel::joinable!(support_files -> support_tickets (ticket_id));
diesel::joinable!(support_messages -> companies (company_id));
diesel::joinable!(support_messages -> support_tickets (ticket_id));
diesel::joinable!(support_messages -> users (author_id));
diesel::joinable!(support_notes -> support_tickets (ticket_id));
diesel::joinable!(support_notes -> users (author_id));
diesel::joinable!(support_tickets -> companies (company_id));
diesel::joinable!(users -> companies (company_id));
diesel::joinable!(video_rooms -> consultations (consultation_id));
diesel::joinable!(waitlist_offers -> consultations (consultation_id));
diesel::joinable!(waitlist_offers -> practitioners (practitioner_id));
diesel::joinable!(waitlist_offers -> waitlist_requests (request_id));
diesel::joinable!(waitlist_requests -> practitioners (practitioner_id));

diesel::allow_tables_to_appear_in_same_query!(
    audit_logs,
    availability_exceptions,
    availability_windows,
    calendar_feeds,
    call_signals,
    chat_attachments,
    chat_messages,
    chat_reads,
    chat_threads,
    clinical_addenda,
    clinical_notes,
    clinical_records,
    companies,
    company_activity_daily,
    company_activity_monthly,
    company_decisions,
    company_domain_claims,
    company_domains,
    company_images,
    company_profiles,
    company_requests,
    consents,
    consultation_events,
    consultations,
    credentials,
    cron_runs,
    data_accesses,
    data_export_parts,
    data_exports,
    data_keys,
    destroyed_keys,
    directory_entries,
    disclosure_acknowledgements,
    disclosure_cells,
    disclosure_medians,
    disclosure_rosters,
    disclosure_settings,
    disclosure_snapshots,
    duration_contests,
    employee_activity_daily,
    employee_import_effects,
    employee_import_rows,
    employee_imports,
    employee_selections,
    employees,
    erasures,
    freed_slots,
    hr_preferences,
    invitations,
    jobs,
    journal_entries,
    journal_shares,
    kept_consultations,
    key_rotations,
    news_pictures,
    news_posts,
    news_reach,
    news_readings,
    notices,
    notification_preferences,
    password_resets,
    personal_addresses,
    place_practitioners,
    places,
    platform_activity_monthly,
    platform_settings,
    portraits,
    practitioner_activity_daily,
    practitioner_activity_monthly,
    practitioner_reviews,
    practitioners,
    presences,
    problem_reports,
    registrations,
    rooms,
    security_events,
    sessions,
    sign_in_attempts,
    support_canned,
    support_files,
    support_messages,
    support_notes,
    support_tickets,
    ticket_keys,
    users,
    video_rooms,
    waitlist_offers,
    waitlist_requests,
);
