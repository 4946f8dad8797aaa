//! Refusals over HTTP: the payload of an `error` frame, with the status that says the same.

use std::any::Any;

use axum::Json;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use crate::wire::{ErrorCode, Refusal};

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        refuse(&self, None)
    }
}

/// A refusal of a request of a known type.
/// What a path names. Where that is no text, the refusal is ours, and no plain words of the router.
pub(super) struct Named(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        match Path::<String>::from_request_parts(parts, state).await {
            Ok(Path(name)) => Ok(Self(name)),
            Err(_) => {
                let message = "the path is no text in UTF-8";
                let refusal = Refusal::new(ErrorCode::InvalidFrame, message);
                Err(refuse_as(StatusCode::BAD_REQUEST, &refusal))
            }
        }
    }
}

pub(super) fn refuse(refusal: &Refusal, request_type: Option<&str>) -> Response {
    let status =
        StatusCode::from_u16(refusal.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(refusal.payload(request_type))).into_response();
    if let Some(retry_after) = refusal.retry_after {
        // RFC 9110 section 10.2.3: whole seconds. Rounded up, as in the payload.
        let seconds = retry_after.as_millis().div_ceil(1000).max(1);
        if let Ok(seconds) = HeaderValue::from_str(&seconds.to_string()) {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
    }
    if status == StatusCode::UNAUTHORIZED {
        // RFC 9110 section 15.5.2 wants to be told how.
        let challenge = HeaderValue::from_static("Bearer");
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn who_has_to_wait_is_told_for_how_many_seconds() {
        for (milliseconds, expected) in [(1, "1"), (1_000, "1"), (1_001, "2"), (60_000, "60")] {
            let refusal = Refusal::rate_limited(Duration::from_millis(milliseconds));
            let response = refusal.into_response();
            assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
            assert_eq!(response.headers()[header::RETRY_AFTER], expected);
        }
        let response = Refusal::internal().into_response();
        assert!(!response.headers().contains_key(header::RETRY_AFTER));
    }
}
