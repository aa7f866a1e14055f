#include "ui/gl.h"

#define GL_GLEXT_PROTOTYPES
#include "ui/inner.h"

#include <GL/gl.h>
#include <GL/glext.h>
#include <cairo.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <string_view>

namespace ui {
namespace {

// The part being drawn, in pixels from the top left. Callbacks of ImGui get no argument of ours for it; drawing
// thread only.
Px drawing;

Px common(const Px& a, const Px& b) {
  return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

void clear_to(Colour c) {
  glClearColor(static_cast<float>((c >> 16) & 255) / 255, static_cast<float>((c >> 8) & 255) / 255,
               static_cast<float>(c & 255) / 255, 1);
  glClear(GL_COLOR_BUFFER_BIT);
}

void scissor(const Px& p, float glass_h) {
  glScissor(static_cast<int>(p.x0), static_cast<int>(glass_h - p.y1), static_cast<int>(p.w()),
            static_cast<int>(p.h()));
}

void clear_rect(const ImDrawList*, const ImDrawCmd* command) {
  SolidFill fill;
  std::memcpy(&fill, command->UserCallbackData, sizeof fill);
  const Px part = common({fill.x, fill.y, fill.x + fill.w, fill.y + fill.h}, drawing);
  if (part.w() <= 0 || part.h() <= 0) return;
  scissor(part, fill.glass_h);
  clear_to(fill.colour);
}

// Grows the rectangle by everything between the first and the last difference of two sequences.
template <class Item, class Same, class Grow>
void differences(const std::vector<Item>& a, const std::vector<Item>& b, std::size_t around, Same same, Grow grow) {
  const std::size_t shorter = std::min(a.size(), b.size());
  std::size_t front = 0, back = 0;
  while (front < shorter && same(a[front], b[front])) ++front;
  if (front == a.size() && front == b.size()) return;
  while (back < shorter - front && same(a[a.size() - 1 - back], b[b.size() - 1 - back])) ++back;
  front -= std::min(front, around);  // whole quads, though only one corner moved
  back -= std::min(back, around);
  for (std::size_t i = front; i < a.size() - back; ++i) grow(a[i]);
  for (std::size_t i = front; i < b.size() - back; ++i) grow(b[i]);
}

// Mesa's software renderers show a frame by copying the back buffer, so it stays as it was drawn and is itself the memory: no buffer of
// ours, and no copy through a shader that must be compiled at every start.
bool back_buffer_stays() {
  const auto* renderer = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
  const std::string_view name = renderer != nullptr ? renderer : "";
  return name.find("llvmpipe") != name.npos || name.find("softpipe") != name.npos;
}

}  // namespace

struct Gl::Memory {
  GLuint buffer = 0, colour = 0;  // 0: the window's own
  bool own = true;
  int w = 0, h = 0;
  bool whole = true;
  Colour paper = 0;
  int texture = -1;
  float share = 1;
  std::vector<ImDrawVert> vertices, last_vertices;
  std::vector<SolidFill> fills, last_fills;

  void size(int width, int height) {
    if (width == w && height == h) return;
    release();
    w = width, h = height, whole = true;
    if (!own) return;
    glGenFramebuffers(1, &buffer);
    glGenRenderbuffers(1, &colour);
    glBindRenderbuffer(GL_RENDERBUFFER, colour);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, w, h);
    glBindFramebuffer(GL_FRAMEBUFFER, buffer);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colour);
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
      throw std::runtime_error("OpenGL gives no off-screen buffer");
  }

  void release() {
    if (buffer != 0) glDeleteFramebuffers(1, &buffer);
    if (colour != 0) glDeleteRenderbuffers(1, &colour);
    buffer = colour = 0;
  }

  // What differs between this frame's lists and the last one's, in whole pixels.
  Px changed(const ImDrawData& data, Colour ground) {
    vertices.clear();
    fills.clear();
    int newest = -1;
    for (const ImDrawList* list : data.CmdLists) {
      vertices.insert(vertices.end(), list->VtxBuffer.begin(), list->VtxBuffer.end());
      for (const ImDrawCmd& command : list->CmdBuffer) {
        if (command.UserCallback == clear_rect) {
          std::memcpy(&fills.emplace_back(), list->_CallbacksDataBuf.Data + command.UserCallbackDataOffset,
                      sizeof(SolidFill));
        } else if (command.TexRef._TexData != nullptr) {
          newest = std::max(newest, command.TexRef._TexData->UniqueID);
        }
      }
    }
    const Px all{0, 0, static_cast<float>(w), static_cast<float>(h)};
    Px part{all.x1, all.y1, 0, 0};
    const auto grow = [&](float x0, float y0, float x1, float y1) {
      part = {std::min(part.x0, x0), std::min(part.y0, y0), std::max(part.x1, x1), std::max(part.y1, y1)};
    };
    // Another texture has other coordinates everywhere.
    if (whole || ground != paper || newest != texture) {
      part = all;
    } else {
      differences(
          last_vertices, vertices, 8,
          [](const ImDrawVert& a, const ImDrawVert& b) { return std::memcmp(&a, &b, sizeof a) == 0; },
          [&](const ImDrawVert& v) { grow(v.pos.x - 2, v.pos.y - 2, v.pos.x + 2, v.pos.y + 2); });
      differences(
          last_fills, fills, 0,
          [](const SolidFill& a, const SolidFill& b) { return std::memcmp(&a, &b, sizeof a) == 0; },
          [&](const SolidFill& f) { grow(f.x, f.y, f.x + f.w, f.y + f.h); });
      part = common({std::floor(part.x0), std::floor(part.y0), std::ceil(part.x1), std::ceil(part.y1)}, all);
    }
    std::swap(vertices, last_vertices);
    std::swap(fills, last_fills);
    whole = false, paper = ground, texture = newest;
    return part;
  }
};

Gl::Gl(Frame& frame) : frame_(frame), memory_(std::make_unique<Memory>()) {
  ImGui::SetCurrentContext(frame_.inner().context);
  if (!ImGui_ImplOpenGL3_Init("#version 130")) throw std::runtime_error("OpenGL 3 cannot be set up");
  frame_.inner().solid = clear_rect;
  memory_->own = !back_buffer_stays();
}

Gl::~Gl() {
  ImGui::SetCurrentContext(frame_.inner().context);
  frame_.inner().solid = nullptr;
  memory_->release();
  ImGui_ImplOpenGL3_Shutdown();
}

void Gl::forget() { memory_->whole = true; }
float Gl::drawn_share() const { return memory_->share; }

void Gl::present() {
  Frame::Inner& in = frame_.inner();
  Memory& m = *memory_;
  ImGui::SetCurrentContext(in.context);
  ImGui_ImplOpenGL3_NewFrame();  // makes its shaders the first time, else does nothing
  m.size(in.glass.width_px, in.glass.height_px);
  ImDrawData& data = *ImGui::GetDrawData();
  const Px part = m.changed(data, in.colours->paper);
  m.share = part.w() > 0 && part.h() > 0 ? part.w() * part.h() / static_cast<float>(m.w * m.h) : 0;
  glBindFramebuffer(GL_FRAMEBUFFER, m.buffer);
  glViewport(0, 0, m.w, m.h);
  drawing = m.share > 0 ? part : Px{};
  std::vector<ImVec4> clips;
  for (ImDrawList* list : data.CmdLists)
    for (ImDrawCmd& command : list->CmdBuffer) {
      clips.push_back(command.ClipRect);
      const Px clip =
          common({command.ClipRect.x, command.ClipRect.y, command.ClipRect.z, command.ClipRect.w}, drawing);
      command.ClipRect = {clip.x0, clip.y0, clip.x1, clip.y1};
    }
  if (m.share > 0) {
    // The paper is cleared, not drawn: a blended fill of the whole glass costs a third of a frame without a GPU.
    if (m.share < 1) {
      glEnable(GL_SCISSOR_TEST);
      scissor(part, static_cast<float>(m.h));
    }
    clear_to(in.colours->paper);
  }
  ImGui_ImplOpenGL3_RenderDrawData(&data);  // also when nothing changed: textures wait for it
  std::size_t next = 0;
  for (ImDrawList* list : data.CmdLists)
    for (ImDrawCmd& command : list->CmdBuffer) command.ClipRect = clips[next++];
  glDisable(GL_SCISSOR_TEST);
  if (!m.own) return;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, m.buffer);
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
  glBlitFramebuffer(0, 0, m.w, m.h, 0, 0, m.w, m.h, GL_COLOR_BUFFER_BIT, GL_NEAREST);
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
}

std::vector<unsigned char> Gl::pixels() const {
  const auto w = static_cast<std::size_t>(memory_->w), h = static_cast<std::size_t>(memory_->h);
  std::vector<unsigned char> up(w * h * 3), down(w * h * 3);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, memory_->buffer);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, memory_->w, memory_->h, GL_RGB, GL_UNSIGNED_BYTE, up.data());
  glBindFramebuffer(GL_READ_FRAMEBUFFER, 0);
  for (std::size_t y = 0; y < h; ++y) std::memcpy(&down[y * w * 3], &up[(h - 1 - y) * w * 3], w * 3);
  return down;
}

bool Gl::save_png(const std::filesystem::path& path) const {
  const auto rgb = pixels();
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, memory_->w, memory_->h);
  unsigned char* to = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  const unsigned char* from = rgb.data();
  for (int y = 0; y < memory_->h; ++y)
    for (int x = 0; x < memory_->w; ++x, from += 3) {
      unsigned char* p = to + static_cast<std::ptrdiff_t>(y) * stride + static_cast<std::ptrdiff_t>(x) * 4;
      p[0] = from[2], p[1] = from[1], p[2] = from[0], p[3] = 255;
    }
  cairo_surface_mark_dirty(surface);
  const bool ok = cairo_surface_write_to_png(surface, path.c_str()) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy(surface);
  return ok;
}

}  // namespace ui
