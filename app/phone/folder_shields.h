// The phone's shields as folders. The first one's files lie in the phone's folder itself, those of the others in folders of it, each with
// a secure element's keys of its own: what is sealed for one opens nothing of another.
#pragma once

#include "app/phone/shields.h"

#include <filesystem>
#include <functional>
#include <memory>

namespace hufu::phone_app {

// What one shield is made of.
struct ShieldBox {
    std::unique_ptr<ports::DeviceStore> store;
    std::unique_ptr<ports::SecureElement> element;
};

class FolderShields final : public Shields {
public:
    using OpenBox = std::function<Result<ShieldBox>(const std::filesystem::path &folder)>; // or makes it
    using DestroyElement = std::function<Result<void>(const std::filesystem::path &folder)>; // its keys are gone for good

    FolderShields(std::filesystem::path folder, OpenBox openBox, DestroyElement destroyElement);

    Result<void> open(); // Errors: those of openBox
    std::size_t count() const override { return m_all.size(); }
    vault::Vault &at(std::size_t index) override { return *m_all[index].vault; }
    Result<void> add() override;
    std::size_t last() const override;
    void remember(std::size_t index) override;
    ShieldNotes notes(std::size_t index) const override;
    void keepNotes(std::size_t index, const ShieldNotes &notes) override;
    Result<void> remove(std::size_t index) override;

private:
    struct Shield {
        ShieldBox box;
        std::unique_ptr<vault::Vault> vault;
    };
    Result<Shield> openShield(std::size_t index);
    std::filesystem::path folderOf(std::size_t index) const;

    std::filesystem::path m_folder;
    OpenBox m_openBox;
    DestroyElement m_destroyElement;
    std::vector<Shield> m_all;
};

} // namespace hufu::phone_app
