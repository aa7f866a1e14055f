#include "ui/gl.h"

#include "ui/inner.h"

#include <GL/gl.h>
#include <cairo.h>
#include <imgui_impl_opengl3.h>

#include <stdexcept>

namespace ui {

Gl::Gl(Frame& frame) : frame_(frame) {
  ImGui::SetCurrentContext(frame_.inner().context);
  if (!ImGui_ImplOpenGL3_Init("#version 130")) throw std::runtime_error("OpenGL 3 cannot be set up");
}

Gl::~Gl() {
  ImGui::SetCurrentContext(frame_.inner().context);
  ImGui_ImplOpenGL3_Shutdown();
}

void Gl::present() {
  Frame::Inner& in = frame_.inner();
  ImGui::SetCurrentContext(in.context);
  ImGui_ImplOpenGL3_NewFrame();  // makes its shaders the first time, else does nothing
  width_px_ = in.glass.width_px;
  height_px_ = in.glass.height_px;
  const Colour ground = in.colours->paper;
  glViewport(0, 0, width_px_, height_px_);
  glDisable(GL_SCISSOR_TEST);
  // The paper is cleared, not drawn: a blended fill of the whole glass costs a third of a frame without a GPU.
  glClearColor(static_cast<float>((ground >> 16) & 255) / 255, static_cast<float>((ground >> 8) & 255) / 255,
               static_cast<float>(ground & 255) / 255, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

bool Gl::save_png(const std::filesystem::path& path) const {
  std::vector<unsigned char> rows(static_cast<std::size_t>(width_px_) * static_cast<std::size_t>(height_px_) * 4);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width_px_, height_px_, GL_RGBA, GL_UNSIGNED_BYTE, rows.data());
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width_px_, height_px_);
  unsigned char* to = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; y < height_px_; ++y) {
    const unsigned char* from =
        &rows[static_cast<std::size_t>(height_px_ - 1 - y) * static_cast<std::size_t>(width_px_) * 4];
    for (int x = 0; x < width_px_; ++x, from += 4) {
      unsigned char* p = to + y * stride + x * 4;
      p[0] = from[2], p[1] = from[1], p[2] = from[0], p[3] = 255;
    }
  }
  cairo_surface_mark_dirty(surface);
  const bool ok = cairo_surface_write_to_png(surface, path.c_str()) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy(surface);
  return ok;
}

}  // namespace ui
