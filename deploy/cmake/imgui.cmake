# Dear ImGui 1.92, from the tree that deploy/fetch-imgui keeps in build/imgui, as the static library `imgui`.
# Debian's own libimgui.a is not used even where it is 1.92: it is built without FreeType and with 16-bit
# characters, and we need colour emoji and the rare characters of names above U+FFFF.
set(IMGUI_DIR "${CMAKE_SOURCE_DIR}/build/imgui/tree" CACHE PATH "Dear ImGui 1.92.x, whole source tree")
if(NOT EXISTS "${IMGUI_DIR}/imgui.h")
  message(FATAL_ERROR "Dear ImGui is not in ${IMGUI_DIR}. Run deploy/setup (or deploy/fetch-imgui) once.")
endif()
file(STRINGS "${IMGUI_DIR}/imgui.h" version_line REGEX "^#define IMGUI_VERSION_NUM")
string(REGEX MATCH "[0-9]+" version_num "${version_line}")
if(version_num LESS 19200 OR NOT version_num LESS 19300)
  message(FATAL_ERROR "${IMGUI_DIR} holds Dear ImGui ${version_num}; 1.92.x is needed. Run deploy/fetch-imgui --again.")
endif()

add_library(imgui STATIC
  ${IMGUI_DIR}/imgui.cpp ${IMGUI_DIR}/imgui_draw.cpp ${IMGUI_DIR}/imgui_tables.cpp ${IMGUI_DIR}/imgui_widgets.cpp
  ${IMGUI_DIR}/imgui_demo.cpp ${IMGUI_DIR}/misc/freetype/imgui_freetype.cpp ${IMGUI_DIR}/misc/cpp/imgui_stdlib.cpp
  ${IMGUI_DIR}/backends/imgui_impl_glfw.cpp ${IMGUI_DIR}/backends/imgui_impl_opengl3.cpp)
target_include_directories(imgui SYSTEM PUBLIC
  ${IMGUI_DIR} ${IMGUI_DIR}/backends ${IMGUI_DIR}/misc/cpp ${IMGUI_DIR}/misc/freetype)
target_compile_definitions(imgui PUBLIC
  IMGUI_ENABLE_FREETYPE IMGUI_USE_WCHAR32 IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DISABLE_DEMO_WINDOWS)
target_compile_options(imgui PRIVATE -w)
set_target_properties(imgui PROPERTIES CXX_CLANG_TIDY "")
target_link_libraries(imgui PUBLIC glfw OpenGL::GL PkgConfig::FREETYPE ${CMAKE_DL_LIBS})
