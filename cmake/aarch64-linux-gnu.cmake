# Cross-compiles for 64-bit ARM tablets on a Debian machine of another kind, with Debian's own cross compiler and its arm64 libraries
# beside the machine's own (multiarch). What is built runs here through qemu: ctest starts every test with it.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_CXX_FLAGS_INIT -Wno-psabi) # notes about what g++ 9 did with arguments
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
set(PKG_CONFIG_EXECUTABLE aarch64-linux-gnu-pkg-config)

# Which CPU qemu plays is the variable QEMU_CPU: cortex-a53, cortex-a76, max.
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static)

# Qt's compilers (moc, rcc) run here.
set(QT_HOST_PATH /usr)
