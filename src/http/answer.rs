//! Refusals over HTTP: the payload of an `error` frame, with the status that says the same.

use std::any::Any;

use axum::Json;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use crate::wire::{ErrorCode, Refusal};

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        refuse(&self, None)
    }
}

/// A refusal of a request of a known type.
pub(super) fn refuse(refusal: &Refusal, request_type: Option<&str>) -> Response {
    let status =
        StatusCode::from_u16(refusal.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(refusal.payload(request_type))).into_response()
}

/// A refusal with a status of its own, for what exists in HTTP only.
pub(super) fn refuse_as(status: StatusCode, refusal: &Refusal) -> Response {
    (status, Json(refusal.payload(None))).into_response()
}

pub(super) async fn not_found(uri: Uri) -> Response {
    let message = format!("there is nothing at {}; see /ws/asyncapi", uri.path());
    refuse_as(
        StatusCode::NOT_FOUND,
        &Refusal::new(ErrorCode::UnknownType, message),
    )
}

pub(super) async fn method_not_allowed(method: Method, uri: Uri) -> Response {
    let message = format!("{} does not take {method}", uri.path());
    refuse_as(
        StatusCode::METHOD_NOT_ALLOWED,
        &Refusal::new(ErrorCode::UnknownType, message),
    )
}

pub(super) fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a request panicked");
    refuse(&Refusal::internal(), None)
}
