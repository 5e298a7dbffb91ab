//! A network in a program without the standard library.
//!
//! It defines what std would define (a panic handler, an allocator), so building it fails if anything
//! it depends on brings std in.
#![no_std]

use core::alloc::{GlobalAlloc, Layout};

use static_net::prelude::*;

network! {
    /// Decides from four readings what a motor does.
    pub struct Controller< 4 => tanh 16 => softmax 3 >;
}

/// Runs a controller whose weights lie in flash or RAM.
///
/// # Safety
/// `weights` points to a controller, `readings` to four values, `actions` to room for three.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn control(
    weights: *const Controller,
    readings: *const [f32; 4],
    actions: *mut [f32; 3],
) {
    // SAFETY: the caller's promise.
    let (weights, readings) = unsafe { (&*weights, &*readings) };
    let output = weights.forward(readings);
    // SAFETY: the caller's promise.
    unsafe { *actions = output.data.0[0] };
}

/// Takes the weights from the bytes of a safetensors file. Says whether they fitted.
///
/// # Safety
/// `weights` points to a controller, `file` to `len` bytes.
#[cfg(feature = "safetensors")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn restore(weights: *mut Controller, file: *const u8, len: usize) -> bool {
    // SAFETY: the caller's promise.
    let (weights, file) = unsafe { (&mut *weights, core::slice::from_raw_parts(file, len)) };
    weights.restore_from(file).is_ok()
}

/// No heap: a single sample through a small network needs none.
struct NoHeap;

// SAFETY: it never gives memory.
unsafe impl GlobalAlloc for NoHeap {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        core::ptr::null_mut()
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static ALLOCATOR: NoHeap = NoHeap;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
