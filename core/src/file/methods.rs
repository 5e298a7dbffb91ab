//! The methods that every network has for files. They are macros here, and not code that `network!`
//! writes, so that this crate's features decide, which `network!` cannot see.

/// The methods of a network that read and write state dicts.
#[doc(hidden)]
#[macro_export]
macro_rules! file_methods {
    () => {
        $crate::__private::path_methods!();

        /// The network as the bytes of a safetensors file.
        #[must_use]
        pub fn to_safetensors(&self) -> $crate::__private::alloc::vec::Vec<u8> {
            $crate::file::to_safetensors(self)
        }

        /// A network from the bytes of a safetensors file.
        ///
        /// # Errors
        /// If the bytes are not a whole safetensors file, or one of the tensors does not fit.
        pub fn from_safetensors(
            bytes: &[u8],
        ) -> ::core::result::Result<$crate::Aligned<Self>, $crate::file::LoadError> {
            $crate::file::from_safetensors(bytes)
        }

        /// Takes all values from the bytes of a safetensors file.
        ///
        /// # Errors
        /// If the bytes are not a whole safetensors file, or one of the tensors does not fit. The
        /// network is then unchanged.
        pub fn restore_from(
            &mut self,
            bytes: &[u8],
        ) -> ::core::result::Result<(), $crate::file::LoadError> {
            $crate::file::restore_from(self, bytes)
        }
    };
}

/// Those of them that take a path.
#[cfg(feature = "std")]
#[doc(hidden)]
#[macro_export]
macro_rules! path_methods {
    () => {
        /// Writes the network to a safetensors file that `load` and PyTorch read. A crash at any moment
        /// leaves the old file or the new one.
        ///
        /// # Errors
        /// If the folder does not exist, `path` is not that of a file, the file is read-only, or the
        /// system refuses to write.
        pub fn save(
            &self,
            path: impl ::core::convert::AsRef<::std::path::Path>,
        ) -> ::core::result::Result<(), $crate::file::SaveError> {
            $crate::file::save(self, path.as_ref())
        }

        /// A network from a safetensors file that `save` or PyTorch wrote.
        ///
        /// # Errors
        /// If the file cannot be read, is not a whole safetensors file, or one of its tensors does not
        /// fit.
        pub fn load(
            path: impl ::core::convert::AsRef<::std::path::Path>,
        ) -> ::core::result::Result<$crate::Aligned<Self>, $crate::file::LoadError> {
            $crate::file::load(path.as_ref())
        }

        /// Takes all values from a safetensors file.
        ///
        /// # Errors
        /// If the file cannot be read, is not a whole safetensors file, or one of its tensors does not
        /// fit. The network is then unchanged.
        pub fn restore(
            &mut self,
            path: impl ::core::convert::AsRef<::std::path::Path>,
        ) -> ::core::result::Result<(), $crate::file::LoadError> {
            $crate::file::restore(self, path.as_ref())
        }
    };
}

/// Without `std` there are no paths.
#[cfg(not(feature = "std"))]
#[doc(hidden)]
#[macro_export]
macro_rules! path_methods {
    () => {};
}
